"""Every part of the site, each a blueprint in a module of its own."""

from __future__ import annotations

from .account import account
from .answering import answering
from .assessment_results import assessment_results
from .assessments import assessments
from .benchmarks import benchmarks
from .bringing import bringing
from .calendar_feed import calendar_feed
from .demonstration import demonstration
from .easy_reading import easy_reading
from .everything import everything
from .handing_in import handing_in
from .history import history
from .hub import hub
from .invitations import invitations
from .kept_reports import kept_reports
from .mail import mail_pages
from .meeting_taking import meeting_taking
from .meetings import meetings
from .my_work import my_work
from .network_view import network_pages
from .opinions import opinions
from .organisations import organisations
from .pages import pages
from .panel_paper import panel_paper
from .panel_response import panel_response
from .panel_taking import panel_taking
from .panels import panel_pages
from .plans import plans
from .publishing import publishing
from .quick_check import quick_check
from .rating import rating
from .resources import resources
from .result import result_pages
from .round_invitations import round_invitations
from .round_part import round_part
from .rounds import rounds
from .sharing import sharing_pages
from .sign_in import sign_in
from .single_sign_on import single_sign_on
from .standards import changes, standards
from .standing_text import standing_text
from .starting_again import starting_again
from .suggesting import suggesting
from .verifying import verifying
from .waves import waves
from .whatif import whatif
from .your_report import your_report

BLUEPRINTS = (
    account,
    answering,
    assessment_results,
    assessments,
    benchmarks,
    bringing,
    calendar_feed,
    changes,
    demonstration,
    easy_reading,
    everything,
    handing_in,
    history,
    hub,
    invitations,
    kept_reports,
    mail_pages,
    meeting_taking,
    meetings,
    my_work,
    network_pages,
    opinions,
    organisations,
    pages,
    panel_pages,
    panel_paper,
    panel_response,
    panel_taking,
    plans,
    publishing,
    quick_check,
    rating,
    resources,
    result_pages,
    round_invitations,
    round_part,
    rounds,
    sharing_pages,
    sign_in,
    single_sign_on,
    standards,
    starting_again,
    suggesting,
    standing_text,
    verifying,
    waves,
    whatif,
    your_report,
)
