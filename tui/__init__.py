"""复核工作台：在终端里逐条复核疑点的界面（hecha review）。本包只使用 assistant 的公开接口。"""
