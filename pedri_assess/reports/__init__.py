"""The improvement report: its sections for page and paper, its pictures, PDF, Word, table and workbook."""

from .answer_sheet import answer_csv, answer_workbook
from .charts import qr_code
from .document import PrintJob, answers_json, mark, print_job, release_document, result_json
from .easy_read import easy_read, easy_read_job, in_easy_words
from .imprint import imprint
from .opened import Carried, NotAReport, carried
from .paper_form import PaperForm, paper_job
from .pictures import LARGEST_LOGO, NotAPicture, is_harmless, read_logo
from .renderer import Renderer, ReportBusy, ReportFailed
from .report import Report
from .sections import OPTIONAL, SECTIONS, Section, sections
from .sheets import NotATable, csv_rows, workbook_rows
from .signing import Issuer, Signature, unsigned
from .tabular import result_csv
from .word import report_docx
from .workbook import result_workbook

__all__ = [
    "LARGEST_LOGO",
    "OPTIONAL",
    "SECTIONS",
    "Carried",
    "Issuer",
    "NotAPicture",
    "NotAReport",
    "NotATable",
    "PaperForm",
    "PrintJob",
    "Renderer",
    "Report",
    "ReportBusy",
    "ReportFailed",
    "Section",
    "Signature",
    "answer_csv",
    "answer_workbook",
    "answers_json",
    "carried",
    "csv_rows",
    "easy_read",
    "easy_read_job",
    "imprint",
    "in_easy_words",
    "is_harmless",
    "mark",
    "paper_job",
    "print_job",
    "qr_code",
    "read_logo",
    "release_document",
    "report_docx",
    "result_csv",
    "result_json",
    "result_workbook",
    "sections",
    "unsigned",
    "workbook_rows",
]
