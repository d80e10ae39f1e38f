"""Performance (绩效): the indicators of a report, told in sentences, in summaries and in forms."""

from assistant.indicators.model import Form, Indicator, Performance, Place, Role, Summary
from assistant.indicators.reading import read_performance

__all__ = ["Form", "Indicator", "Performance", "Place", "Role", "Summary", "read_performance"]
