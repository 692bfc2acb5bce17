/** A paper of authority at the door: what is wrong with it, its acts, and what the phone knows from then on. */
import { beforeEach, describe, expect, it } from "vitest";
import { fromUtf8 } from "../src/acts/bytes.ts";
import { type Acting, authorityLive, closedTo, papersFor } from "../src/mandates/authority.ts";
import { agents, aNewDraft, type Draft, dayOf, NEW, type Wrong, wrongIn } from "../src/mandates/draft.ts";
import { withMandates } from "../src/mandates/recorded.ts";
import { acting } from "../src/signing/modes.ts";
import { type Case, learned } from "../src/sync/day.ts";
import type { Here } from "../src/visit/here.ts";
import { view } from "../src/visit/view.ts";
import { aCase, aDay, aNote, aParty, aVisit } from "./days.ts";
import { aNewPhone, type Centre, Centre as TheCentre } from "./phone.ts";

const ON = "2026-11-25";
const COPY: Acting = [
  { who: "owner", authority: "none" },
  { who: "child", authority: "mandate" },
  { who: "anyone", authority: "certified_mandate" },
];
const BIRTH: Acting = [{ who: "parent", authority: "none" }];
const COMPANY: Acting = [{ who: "employee", authority: "introduction" }];
const MARRIAGE: Acting = [{ who: "owner", authority: "in_person" }];

const party = (role: string, change: Partial<Case["parties"][number]> = {}) => aParty(role, role, change);

const paper = (party_id: string, change: Partial<Case["mandates"][number]> = {}): Case["mandates"][number] => ({
  mandate_id: "m",
  party_id,
  authority: "mandate",
  kinship_proved: false,
  from_day: "2026-11-01",
  last_day: null,
  state: "in_force",
  ...change,
});

const SON: Draft["who"] = { name: " Lâm Văn  Út ", born: "02/09/1990", number: "087090001234", old: null };
const PAGE: Draft["page"] = {
  page_id: "0192f0c1-2e3d-7a4b-8c5d-6e7f80910213",
  data: "AAEC",
  media_type: "image/webp",
  corners: null,
  by_hand: false,
  seen: { bad: [], doubtful: [], corners: null, by_hand: false },
};

const PICTURE = { data: new Uint8Array([0, 1, 2]), media_type: "image/webp" };

const filled = (change: Partial<Draft> = {}): Draft => ({
  ...aNewDraft(),
  agent: NEW,
  who: SON,
  phone: "0912.345.678",
  relation: "child",
  paper: "mandate",
  from: "20/11/2026",
  last: "25112026",
  page: PAGE,
  ...change,
});

describe("what is wrong is said one at a time", () => {
  const nobody = { name: "", born: "", number: "", old: null };
  const wrong: [string, Partial<Draft>, Wrong | null][] = [
    ["nothing, on its last day", {}, null],
    ["nobody was chosen", { agent: "" }, "chooseAgent"],
    ["who acts has no name", { who: nobody }, "nameMissing"],
    ["the number is of another year", { who: { ...SON, born: "1991" } }, "numberUnlikeBirth"],
    ["a phone that is none", { phone: "không" }, "agentPhoneWrong"],
    ["no phone", { phone: "" }, null],
    ["nobody says what they are", { relation: "" }, "relationFirst"],
    ["no paper", { paper: "" }, "choosePaper"],
    ["no first day", { from: "" }, "fromDayWrong"],
    ["a year is no day", { from: "2026" }, "fromDayWrong"],
    ["a day that no calendar has", { last: "31/11/2026" }, "lastDayWrong"],
    ["no end is written", { last: "" }, null],
    ["it ends before it begins", { last: "19/11/2026" }, "daysBackwards"],
    ["it ended yesterday", { last: "24/11/2026" }, "paperEnded"],
    ["it begins tomorrow", { from: "26/11/2026", last: "" }, "paperBegins"],
    ["a stranger by a plain paper", { relation: "anyone" }, "wantsCertified"],
    ["a stranger by a certified one", { relation: "anyone", paper: "certified_mandate" }, null],
    ["a child by a letter", { paper: "introduction" }, "wantsMandate"],
    ["no photograph", { page: null }, "photographFirst"],
    ["a phone that cannot", { page: null, without: true }, null],
  ];
  it.each(wrong)("%s", (_, change, said) => {
    expect(wrongIn(filled(change), aCase("A"), COPY, ON)).toBe(said);
  });

  it.each<[string, Acting, Partial<Draft>, Wrong | null]>([
    ["nobody has found out who may act", null, { relation: "anyone" }, null],
    ["in person only", MARRIAGE, { paper: "certified_mandate" }, "nobodyActs"],
    ["a stranger declares no birth", BIRTH, { relation: "anyone", paper: "certified_mandate" }, "mayNotAct"],
    ["a parent needs no paper there", BIRTH, { relation: "parent" }, null],
    ["an employee by a mandate", COMPANY, { relation: "employee" }, "wantsCertified"],
    ["an employee by a letter", COMPANY, { relation: "employee", paper: "introduction" }, null],
  ])("%s", (_, asks, change, said) => {
    expect(wrongIn(filled(change), aCase("A"), asks, ON)).toBe(said);
  });

  it("before the circular of 2020 kinship was to be proved", () => {
    const then = { from: "01/07/2020", last: "" };
    expect(wrongIn(filled(then), aCase("A"), COPY, "2020-07-15")).toBe("wantsKinship");
    expect(wrongIn(filled({ ...then, kinship: true }), aCase("A"), COPY, "2020-07-15")).toBeNull();
    expect(wrongIn(filled(then), aCase("A"), COPY, "2020-07-16")).toBeNull();
  });
});

it("a day is read as people write it", () => {
  expect(["25/11/2026", "25.11.2026", " 25112026 ", "2026", "", "32/11/2026"].map(dayOf)).toEqual([
    "2026-11-25",
    "2026-11-25",
    "2026-11-25",
    null,
    null,
    null,
  ]);
});

it("the papers that do are named before any is chosen", () => {
  expect(papersFor(COPY, "child", ON)).toEqual(["mandate", "certified_mandate"]);
  expect(papersFor(COPY, "anyone", ON)).toEqual(["certified_mandate"]);
  expect(papersFor(COPY, "employee", ON)).toEqual(["certified_mandate", "introduction"]);
  expect(papersFor(BIRTH, "anyone", ON)).toEqual([]);
});

it("nobody else counts where the owner acts or receives in person", () => {
  const at = (recipient_class: string | null, purpose: string, asks: Acting = COPY) =>
    closedTo(aCase("A", { recipient_class }), purpose, asks);
  expect(at("owner", "collect")).toBeNull();
  expect(at("owner", "deliver")).toBe("onlyOwnerReceives");
  expect(at(null, "exchange")).toBe("onlyOwnerReceives");
  expect(at("registered", "deliver")).toBeNull();
  expect(at("owner", "return_papers")).toBeNull();
  expect(at("registered", "collect", MARRIAGE)).toBe("nobodyActs");
  expect(at("registered", "collect", null)).toBeNull();
});

it("somebody of the case shows a paper of their own; whose told authority ended is written down anew", () => {
  const parties = [
    party("owner"),
    party("representative"),
    party("filer", { relation: "child" }),
    party("authorised", { authority: "mandate", authority_until: "2026-11-24" }),
    party("recipient"),
  ];
  expect(agents(aCase("A", { parties }), ON).map((one) => one.role)).toEqual(["filer"]);
  const ended = aCase("A", { parties, mandates: [paper("recipient", { last_day: "2026-11-24" })] });
  expect(agents(ended, ON).map((one) => one.role)).toEqual(["filer", "recipient"]);
  const known = { agent: "filer", who: { name: "", born: "", number: "", old: null } };
  expect(wrongIn(filled(known), ended, COPY, ON)).toBeNull();
  expect(wrongIn(filled({ ...known, agent: "recipient", paper: "introduction" }), ended, COPY, ON)).toBeNull();
  expect(wrongIn(filled({ ...known, agent: "authorised" }), ended, COPY, ON)).toBe("chooseAgent");
});

const note = (body: object, introduced: Case["parties"][number] | null) => ({
  ...aNote("record_mandate", "v1", "A", { ...paper("authorised"), ...body }),
  shown: { party: introduced },
});
const told = (one: Partial<Case>) =>
  learned(null, aDay({ full: true, visits: [aVisit("v1", "A")], cases: [aCase("A", one)] }), new Set());

it("from the act on they are in the case, may act and sign", () => {
  const agent = party("authorised", { relation: "child" });
  const before = told({ parties: [party("owner")] });
  const after = withMandates(before, [note({}, agent)]).cases.A!;
  expect(after.parties.map((one) => one.role)).toEqual(["owner", "authorised"]);
  expect(authorityLive(after, { party: "authorised", party_id: "authorised", means: "card_seen" }, COPY, ON)).toBe(
    true,
  );
  expect(acting(after, ON, COPY).map((one) => [one.name, one.by])).toEqual([["authorised", "paper"]]);
  expect(acting(after, ON, MARRIAGE), "nobody signs for the owner there").toEqual([]);
  expect(before.cases.A!.parties, "the centre's own list is as it was").toHaveLength(1);
});

it("what the centre says of it goes before, also that it was taken back", () => {
  const agent = party("authorised");
  const heard = told({ parties: [party("owner"), agent], mandates: [paper("authorised", { state: "revoked" })] });
  const after = withMandates(heard, [note({}, agent)]).cases.A!;
  expect([after.parties.length, after.mandates.length]).toEqual([2, 1]);
  expect(acting(after, ON, COPY)).toEqual([]);
  expect(withMandates(heard, [{ ...note({}, agent), subject: { kind: "case", id: "gone" } }])).toEqual(heard);
});

it("its photograph is no page of any paper that was taken", () => {
  const known = told({});
  const photograph = aNote("photograph", "v1", "A", { component: "authority_paper", paper_id: "p", page_id: "q" });
  expect(view(known, known.visits[0]!, [photograph]).pages).toEqual({});
});

describe("its acts", () => {
  let centre: Centre;

  beforeEach(async () => {
    aNewPhone();
    centre = await TheCentre.begin();
    centre.day = aDay();
  });

  async function aPhone() {
    const { started } = await import("./phone.ts");
    const app = await started();
    const { draftName, recordMandate } = await import("../src/mandates/doing.ts");
    const { DRAFT } = await import("../src/parts/draft.ts");
    const part = aVisit("v1", "A");
    const at = { part, one: aCase("A"), view: view(told({}), part, []), forms: [] } satisfies Here;
    return { app, at, recordMandate, draft: DRAFT + draftName(at) };
  }

  async function letIn(app: Awaited<ReturnType<typeof aPhone>>["app"]) {
    await app.line.enrol("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    await app.lease.begin("380172", Date.now() + 3600_000);
  }

  it("are the photograph and the paper, together, and the draft is gone with them", async () => {
    const { app, at, recordMandate, draft } = await aPhone();
    await letIn(app);
    const one = filled();
    await app.lease.put(draft, one);
    await recordMandate(at, one, PICTURE);
    const [page, mandate] = await app.days.notes();
    expect(page).toMatchObject({ kind: "photograph", body: { page_id: PAGE!.page_id, component: "authority_paper" } });
    expect(mandate!.body).toEqual({
      mandate_id: one.mandate_id,
      party_id: one.party_id,
      authority: "mandate",
      from_day: "2026-11-20",
      last_day: "2026-11-25",
      kinship_proved: false,
      page_id: PAGE!.page_id,
      visit_id: "v1",
    });
    expect(mandate!.shown).toMatchObject({ party: { name: "Lâm Văn Út", born: "1990-09-02", relation: "child" } });
    expect(await app.lease.get(draft)).toBeUndefined();
    expect(await (await app.shelves.store()).count("files")).toBe(1);
  });

  it("pressed twice, or again in another tab, it is one paper", async () => {
    const { app, at, recordMandate } = await aPhone();
    await letIn(app);
    const one = filled();
    await Promise.all([recordMandate(at, one, PICTURE), recordMandate(at, one, PICTURE)]);
    const other = await aPhone();
    await other.recordMandate(other.at, one, PICTURE);
    expect((await app.outbox.everything()).map((each) => each.kind)).toEqual(["photograph", "record_mandate"]);
  });

  it("say who acts to the centre alone", async () => {
    const { app, at, recordMandate } = await aPhone();
    await letIn(app);
    const one = filled({ page: null, without: true });
    await recordMandate(at, one, null);
    const [kept] = await Promise.all((await app.outbox.everything()).map((each) => centre.opened(each.sealed!)));
    const { salt, ...personal } = JSON.parse(fromUtf8(kept!.personal!));
    expect(salt).toHaveLength(32);
    expect(personal).toEqual({
      parties: [
        {
          party_id: one.party_id,
          role: "authorised",
          relation: "child",
          name: "Lâm Văn Út",
          number: "087090001234",
          born: "1990-09-02",
          phone: "0912 345 678",
        },
      ],
    });
    expect(fromUtf8(kept!.data)).not.toContain("Lâm");
  });

  it("name nobody anew who is in the case already", async () => {
    const { app, at, recordMandate } = await aPhone();
    await letIn(app);
    await recordMandate(at, filled({ agent: "filer", page: null, without: true }), null);
    const [kept] = await Promise.all((await app.outbox.everything()).map((each) => centre.opened(each.sealed!)));
    expect(kept!.personal).toBeNull();
    const [only] = await app.days.notes();
    expect([only!.body.party_id, only!.shown]).toEqual(["filer", { party: null }]);
  });
});
