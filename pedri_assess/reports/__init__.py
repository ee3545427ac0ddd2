"""The improvement report: its sections for page and paper, its pictures, its PDF and its table."""

from .document import answers_json, print_job, result_json
from .renderer import Renderer, ReportBusy, ReportFailed
from .report import Report
from .sections import SECTIONS, Section, sections
from .tabular import result_csv

__all__ = [
    "SECTIONS",
    "Renderer",
    "Report",
    "ReportBusy",
    "ReportFailed",
    "Section",
    "answers_json",
    "print_job",
    "result_csv",
    "result_json",
    "sections",
]
