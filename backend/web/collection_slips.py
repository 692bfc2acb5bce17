"""Phiếu thu (F08): cash that was taken for a case, to be printed for who paid at a desk."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter

from backend.database import Transaction
from backend.dossiers.errors import CaseNotFound
from backend.fees.collection_slip import CollectedFor, CollectionSlip, collection_slip_sheet
from backend.parcels.printing import qr_svg
from backend.staff.guards import Desk, entrance_of, origin
from backend.staff.model import Clerk
from backend.web import listing, reading, slip_queries
from backend.web.desk_api import desks_of
from backend.web.forms.situation import Situation
from backend.web.pages import HANDLERS
from backend.web.published import Published
from backend.web.reading import READERS
from backend.web.receipts import formal
from backend.web.slip_queries import CollectedAct
from backend.web.words import PLACES


class CollectionSlips(Controller):
    path = "/desk/cases"
    include_in_schema = False
    exception_handlers = HANDLERS

    @get("/{case_id:uuid}/collections/{slip_number:int}", operation_id="collectionSlipSheet", guards=[Desk(*READERS)])
    async def slip(
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
            _slip(about, told, slip_number, collected),
            tracking=qr_svg(address),
            at=collected.occurred_at,
        )
        name = f'inline; filename="phieu-thu-{slip_number}.pdf"'
        return Response(pdf, media_type="application/pdf", headers={"Content-Disposition": name})


def _slip(about: Situation, told: Published, number: int, collected: CollectedAct) -> CollectionSlip:
    case, offices = about.case, about.offices
    names = {code: words.vi for code, words in about.lines.items()}
    visit = next(one for one in case.visits if one.visit_id == collected.visit_id)
    return CollectionSlip(
        number=number,
        post=offices.name(case.supporting_unit if visit.place == "one_stop" else case.handling_unit),
        owner=case.owner_name,
        procedure=case.procedure if told.version is None else told.version.name,
        dossier_code=case.dossier_code,
        collected_at=formal(collected.occurred_at),
        place=PLACES[visit.place].vi,
        lines=[CollectedFor(name=names.get(line, line), amount=amount) for line, amount in collected.paid],
        tendered=collected.tendered,
        change=collected.change,
        household=collected.household,
        collected_by=collected.actor_name,
    )
