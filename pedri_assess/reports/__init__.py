"""The improvement report: its sections for page and paper, its pictures, PDF, table and workbook."""

from .document import answers_json, print_job, result_json
from .renderer import Renderer, ReportBusy, ReportFailed
from .report import Report
from .sections import SECTIONS, Section, sections
from .tabular import result_csv
from .workbook import result_workbook

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
    "result_workbook",
    "sections",
]
