"""Phiếu gửi hồ sơ (F03) and Phiếu thu (F08): papers and cash that were taken in a visit, to be printed."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from backend.database import Transaction
from backend.dossiers.errors import CaseNotFound
from backend.fees.collection_slip import CollectedFor, CollectionSlip, collection_slip_sheet
from backend.parcels.printing import qr_svg
from backend.parcels.slip import Slip, SlipLine, slip_sheet
from backend.staff.guards import Desk, entrance_of, origin
from backend.staff.model import Clerk
from backend.web import listing, reading, slip_queries
from backend.web.desk_api import desks_of
from backend.web.forms.situation import Situation
from backend.web.pages import HANDLERS
from backend.web.people_words import MODES
from backend.web.published import Published
from backend.web.reading import READERS
from backend.web.receipts import formal
from backend.web.slip_queries import CollectedAct, SlipSigned, TakenAct
from backend.web.words import CONDITIONS, FORMS, PLACES


class Slips(Controller):
    path = "/desk/cases"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/{case_id:uuid}/slips/{visit_id:uuid}", operation_id="slipSheet", guards=[Desk(*READERS)])
    async def slip(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
        visit_id: Annotated[UUID, PathParameter()],
    ) -> Response[bytes]:
        """A PDF. Raises CaseNotFound, also where nothing was taken in that visit."""
        entrance = entrance_of(request)
        async with desks_of(request).reading(clerk) as own:
            shown = await reading.view(own, tx, clerk, case_id)
            acts = await slip_queries.taken_in(tx, case_id, visit_id)
            if not acts:
                raise CaseNotFound("Lượt này không nhận giấy tờ nào. Chọn lượt khác trong hồ sơ.")
            about, told = await listing.seen(own, clerk, shown, entrance.clock())
            signed = await slip_queries.find_signature(tx, case_id, visit_id)
            missing = await slip_queries.missing_in(tx, case_id, visit_id)
        tracking = await reading.tracking_path(tx, entrance.ring, case_id)
        slip = _slip(about, told, visit_id, acts, missing, signed)
        address = origin(request, entrance) + (tracking or "/")
        pdf = await asyncio.to_thread(slip_sheet, slip, tracking=address, at=acts[0].occurred_at)
        return _pdf(pdf, f"phieu-gui-{str(case_id)[:8]}.pdf")

    @get("/{case_id:uuid}/collections/{slip_number:int}", operation_id="collectionSlipSheet", guards=[Desk(*READERS)])
    async def collection_slip(
        self,
        request: Request[Any, Any, Any],
        clerk: NamedDependency[Clerk],
        tx: NamedDependency[Transaction],
        case_id: Annotated[UUID, PathParameter()],
        slip_number: Annotated[int, PathParameter()],
    ) -> Response[bytes]:
        """A PDF. Raises CaseNotFound, also for a slip of another case."""
        entrance = entrance_of(request)
        async with desks_of(request).reading(clerk) as own:
            shown = await reading.view(own, tx, clerk, case_id)
            known = any(one.slip_number == slip_number for one in shown.slips)
            collected = await slip_queries.find_collected(tx, case_id, slip_number) if known else None
            if collected is None:
                raise CaseNotFound("Hồ sơ này không có phiếu thu số đó. Mở lại hồ sơ và chọn phiếu trong danh sách.")
            about, told = await listing.seen(own, clerk, shown, entrance.clock())
        address = origin(request, entrance) + (await reading.tracking_path(tx, entrance.ring, case_id) or "/")
        pdf = await asyncio.to_thread(
            collection_slip_sheet,
            _collection_slip(about, told, slip_number, collected),
            tracking=qr_svg(address),
            at=collected.occurred_at,
        )
        return _pdf(pdf, f"phieu-thu-{slip_number}.pdf")


def _pdf(content: bytes, name: str) -> Response[bytes]:
    """Shown in the browser, kept under that name."""
    return Response(
        content, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )


def _post(about: Situation, visit_id: UUID) -> tuple[str, str]:
    """Which office served the visit, and where, in words."""
    visit = next(one for one in about.case.visits if one.visit_id == visit_id)
    at = about.case.supporting_unit if visit.place == "one_stop" else about.case.handling_unit
    return about.offices.name(at), PLACES[visit.place].vi


def _slip(
    about: Situation,
    told: Published,
    visit_id: UUID,
    acts: Sequence[TakenAct],
    missing: Sequence[str],
    signed: SlipSigned | None,
) -> Slip:
    case = about.case
    post, place = _post(about, visit_id)
    names = {code: words.vi for code, words in about.components.items()}
    taken = {paper.id: paper for act in acts for paper in act.papers}
    return Slip(
        post=post,
        owner=case.owner_name,
        procedure=case.procedure if told.version is None else told.version.name,
        dossier_code=case.dossier_code,
        taken_at=formal(acts[0].occurred_at),
        place=place,
        courier=acts[0].actor_name,
        parcel=_parcel(about, taken),
        lines=[
            SlipLine(
                name=names.get(paper.component, paper.component),
                form=FORMS[paper.form].vi,
                originals=paper.originals,
                copies=paper.copies,
                condition=CONDITIONS[paper.condition].vi,
            )
            for paper in taken.values()
        ],
        missing=[names.get(code, code) for code in missing],
        signed=None if signed is None else f"Đã ký ({MODES[signed.mode].vi.lower()}) lúc {formal(signed.signed_at)}",
        taken_by=acts[0].actor_name,
    )


def _parcel(about: Situation, taken: Mapping[UUID, object]) -> str | None:
    """The label and the seal under which the papers travel."""
    inside = {paper.parcel_id for paper in about.case.papers if paper.paper_id in taken}
    found = next((one for one in about.case.parcels if one.parcel_id in inside and one.number), None)
    if found is None:
        return None
    return f"nhãn {found.number:05}, {found.item_number}, niêm phong {found.seal_number}"


def _collection_slip(about: Situation, told: Published, number: int, collected: CollectedAct) -> CollectionSlip:
    case = about.case
    post, place = _post(about, collected.visit_id)
    names = {code: words.vi for code, words in about.lines.items()}
    return CollectionSlip(
        number=number,
        post=post,
        owner=case.owner_name,
        procedure=case.procedure if told.version is None else told.version.name,
        dossier_code=case.dossier_code,
        collected_at=formal(collected.occurred_at),
        place=place,
        lines=[CollectedFor(name=names.get(line, line), amount=amount) for line, amount in collected.paid],
        tendered=collected.tendered,
        change=collected.change,
        household=collected.household,
        collected_by=collected.actor_name,
    )
