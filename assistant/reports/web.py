"""The style, the script and the frame of the web page: no address, no file but itself, and a policy that says so."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

STYLE: Final = """
:root{--ink:#1c2733;--soft:#5b6875;--line:#d5dce3;--bg:#f4f6f8;--card:#fff;--accent:#1f4e79;--error:#b3261e;
--warning:#9a5b00;--info:#33658a;--good:#2e7d4f;--main:#ffd6d1;--other:#fff0b8}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);line-height:1.65;
font:15px/1.65 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","Source Han Sans SC",sans-serif}
main,header>div{max-width:1240px;margin:0 auto;padding:0 20px}
header{background:var(--accent);color:#fff;padding:22px 0 18px}
h1{font-size:24px;margin:0}h2{font-size:18px;margin:28px 0 10px}h3{font-size:16px;margin:0}
header p{margin:4px 0 0;opacity:.85}
.cards{display:flex;gap:12px;flex-wrap:wrap;margin:18px 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:10px 18px;min-width:118px}
.card b{display:block;font-size:26px;line-height:1.25;font-variant-numeric:tabular-nums}
.card.error b{color:var(--error)}.card.warning b{color:var(--warning)}.card.info b{color:var(--info)}
.box{background:var(--card);border:1px solid var(--line);border-radius:6px;padding:14px 18px;margin:0 0 14px}
svg{display:block;max-width:100%;height:auto}svg text{font-size:13px;fill:var(--ink)}
.s-error{fill:var(--error)}.s-warning{fill:#d99a2b}.s-info{fill:#7fa7c4}
.v0{fill:#2e7d4f}.v1{fill:#8abf9e}.v2{fill:#b3261e}.v3{fill:#c3cad1}.v4{fill:#d99a2b}.v5{fill:#e6eaee}
.tools{position:sticky;top:0;z-index:2;background:var(--bg);padding:10px 0;display:flex;gap:14px;flex-wrap:wrap;
align-items:center;border-bottom:1px solid var(--line);margin-bottom:14px}
.tools input[type=search]{flex:1 1 220px;min-width:160px}
.tools input[type=search],.tools select{font:inherit;padding:5px 8px;border:1px solid #aeb9c4;border-radius:4px;
background:#fff;color:var(--ink);max-width:320px}
.tools label{white-space:nowrap}#count{color:var(--soft)}
article{background:var(--card);border:1px solid var(--line);border-left:5px solid var(--info);border-radius:6px;
padding:14px 18px;margin:0 0 14px;content-visibility:auto;contain-intrinsic-size:auto 420px}
article.error{border-left-color:var(--error)}article.warning{border-left-color:#d99a2b}
article.aside{opacity:.72}
.tag{display:inline-block;border-radius:3px;padding:0 7px;margin-right:6px;font-size:13px;background:#e6eaee;
font-weight:400}
.tag.error{background:var(--error);color:#fff}.tag.warning{background:#d99a2b;color:#fff}
.tag.info{background:var(--info);color:#fff}.tag.d1{background:var(--good);color:#fff}
.doc{color:var(--soft);font-size:13px;margin:2px 0 8px;overflow-wrap:anywhere}
.message{margin:6px 0 12px;overflow-wrap:anywhere}
.sides{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:12px}
.sides>section:only-child{grid-column:1/-1}
.scene{border:1px solid var(--line);border-radius:4px;padding:8px 12px;overflow-x:auto}
.scene h4{margin:0 0 6px;font-size:13px;color:var(--soft);font-weight:400}
.scene p{margin:0;overflow-wrap:anywhere}
mark{background:var(--other);color:inherit;padding:1px 2px;border-radius:2px}
mark.m1,td.m1{background:var(--main);font-weight:600;outline:2px solid var(--error);outline-offset:-2px}
td.m2,th.m2,th.m1{background:var(--other)}
table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums;width:100%}
th,td{border:1px solid var(--line);padding:3px 7px;text-align:left;vertical-align:top}
td.n{text-align:right;white-space:nowrap}thead th{background:#eef2f5}thead th.m2{background:var(--other)}
dl{display:grid;grid-template-columns:6em minmax(0,1fr);gap:4px 10px;margin:12px 0 0}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
ul{margin:6px 0;padding-left:22px}details>summary{cursor:pointer;color:var(--accent)}
.none{padding:26px;text-align:center;color:var(--soft)}[hidden]{display:none!important}
footer{color:var(--soft);font-size:13px;margin:26px 0}
@media screen and (max-width:820px){.sides{grid-template-columns:1fr}}
@media print{@page{size:A4;margin:16mm 14mm}body{background:#fff;font-size:11pt}.tools{display:none}
header{background:none;color:#000;padding:0}main,header>div{max-width:none;padding:0}
.wide{grid-column:1/-1}.scene{overflow:visible}td.n{white-space:normal}
.box,.scene,dd,h3,.message{break-inside:avoid}h2,h3,.doc,.message{break-after:avoid}
article,.box,.scene{border-color:#999}article{content-visibility:visible;padding:8px 12px}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}details>summary{list-style:none}}
"""

SCRIPT: Final = """
"use strict";
(function(){
var all=Array.prototype.slice.call(document.querySelectorAll("article"));
var words=all.map(function(a){return a.textContent.toLowerCase().replace(/\\s+/g," ")});
var search=document.getElementById("search"),count=document.getElementById("count"),none=document.getElementById("none");
var selects=Array.prototype.slice.call(document.querySelectorAll(".tools select"));
var boxes=Array.prototype.slice.call(document.querySelectorAll(".tools input[type=checkbox]"));
var timer=0;
function apply(){
 var want=search.value.toLowerCase().split(/\\s+/).filter(Boolean),levels={},shown=0;
 boxes.forEach(function(b){levels[b.value]=b.checked});
 all.forEach(function(a,i){
  var ok=levels[a.dataset.severity]&&selects.every(function(s){return !s.value||a.dataset[s.name]===s.value})
   &&want.every(function(w){return words[i].indexOf(w)>=0});
  a.hidden=!ok;if(ok)shown++;});
 count.textContent="显示 "+shown+" / "+all.length+" 条";
 none.hidden=shown>0;}
search.addEventListener("input",function(){clearTimeout(timer);timer=setTimeout(apply,150)});
selects.concat(boxes).forEach(function(e){e.addEventListener("change",apply)});
window.addEventListener("beforeprint",function(){document.querySelectorAll("details").forEach(function(d){d.open=true})});
apply();
})();
"""


def frame(title: str, header: str, body: str) -> str:
    """The whole page; all three are HTML already."""
    policy = (
        f"default-src 'none'; style-src '{_digest(STYLE)}'; script-src '{_digest(SCRIPT)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header><div>{header}</div></header>\n"
        f"<main>\n{body}\n</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
