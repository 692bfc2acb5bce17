/** A registration on the spot: what is filled in, what is found, and its acts, all or none, once. */
import { beforeEach, describe, expect, it } from "vitest";
import { fromUtf8 } from "../src/acts/bytes.ts";
import { aNewDraft, type Draft, ofCard, type Wrong, wrongIn } from "../src/registering/draft.ts";
import { found } from "../src/registering/finding.ts";
import { competentFor, supportingFor } from "../src/registering/offices.ts";
import { readCard } from "../src/scanning/card.ts";
import type { Catalogue, Version } from "../src/sync/catalogue.ts";
import type { Offices } from "../src/sync/offices.ts";
import { aDay } from "./days.ts";
import { aNewPhone, type Centre, Centre as TheCentre } from "./phone.ts";

const CARD = readCard("087305012345||Trần Thị Mẫu|02092005|Nữ|Khóm 2, An Bình B|01102022")!;

const version = (code: string, name: string, change: object = {}): Version =>
  ({ id: code, code, name, agency: "commune", content: { home: true }, ...change }) as unknown as Version;

const BIRTH = version("1.001193", "Đăng ký khai sinh");
const COPIES = version("2.000635", "Cấp bản sao trích lục hộ tịch", {
  content: {
    home: true,
    recipients: "registered",
    components: [
      { code: "to_khai", name: "Tờ khai", originals: 1, copies: 0, original: "travels" },
      { code: "giay_to_tuy_than", name: "Giấy tờ tùy thân", originals: 0, copies: 0, original: "handed_back" },
    ],
    fees: [{ code: "le_phi", name: "Lệ phí", unit: "copy", tiers: [{ first: 1, amount: 8000 }], due: "reception" }],
  },
});
const LAND = version("1.012783", "Cấp đổi Giấy chứng nhận", { content: {} });
const OLD = version("9.000000", "Khai sinh kiểu cũ", { valid_until: "2026-11-25" });
const COMING = version("9.000001", "Khai sinh kiểu mới", { valid_from: "2026-11-26" });
const CATALOGUE = { format: 1, versions: [LAND, BIRTH, COPIES, OLD, COMING] } as Catalogue;

const office = (id: string, kind: string, level: string, commune_code: string) => ({
  id,
  kind,
  level,
  name: id,
  commune_code,
});
const OFFICES: Offices = {
  day: "2026-11-25",
  communes: [
    { code: "30112", name: "Xã Mỹ Hiệp" },
    { code: "28261", name: "Phường Mỹ Tho" },
  ],
  offices: [
    office("post", "post", "commune", "30112"),
    office("agency of Mỹ Hiệp", "agency", "commune", "30112"),
    office("one-stop of Mỹ Hiệp", "one_stop", "commune", "30112"),
    office("agency of Mỹ Tho", "agency", "commune", "28261"),
    office("agency of the province", "agency", "province", "28261"),
  ],
};

const filled = (change: Partial<Draft> = {}): Draft => ({
  ...aNewDraft(),
  procedure: "2.000635",
  owner: ofCard(CARD),
  hamlet: "Ấp 3",
  commune: "30112",
  ...change,
});

describe("a procedure is found", () => {
  const codes = (text: string, on = "2026-11-25") => found(CATALOGUE, text, on).map((one) => one.code);

  it("without tone marks, by any of its words, by its code", () => {
    expect(codes("khai sinh")).toEqual(["1.001193"]);
    expect(codes("TRÍCH LỤC")).toEqual(["2.000635"]);
    expect(codes("ho tich ban sao")).toEqual(["2.000635"]);
    expect(codes("2.0006")).toEqual(["2.000635"]);
    expect(codes("không có")).toEqual([]);
  });

  it("only while it is in force", () => {
    expect(codes("khai sinh", "2026-11-24")).toContain("9.000000");
    expect(codes("khai sinh", "2026-11-26")).toContain("9.000001");
  });

  it("first what is done at home", () => {
    expect(codes("")).toEqual(["1.001193", "2.000635", "1.012783"]);
  });
});

describe("what is wrong is said one at a time", () => {
  const wrong: [string, Partial<Draft>, Wrong | null][] = [
    ["nothing", {}, null],
    ["no name", { owner: { ...ofCard(CARD), name: " " } }, "nameMissing"],
    ["a day that is none", { owner: { ...ofCard(CARD), born: "31/02/2005" } }, "bornWrong"],
    ["a number too short", { owner: { ...ofCard(CARD), number: "0873" } }, "numberWrong"],
    ["a number of another year", { owner: { ...ofCard(CARD), born: "2006" } }, "numberUnlikeBirth"],
    ["an old number", { owner: { name: "Lê Tư", born: "1950", number: "341 234 567", old: null } }, null],
    ["nobody knows more than the name", { owner: { name: "Lê Tư", born: "", number: "", old: null } }, null],
    ["a phone that is none", { phone: "không có" }, "phoneWrong"],
    ["a phone with dots", { phone: "0912.345.678" }, null],
    ["no place", { hamlet: "" }, "placeMissing"],
    ["who files has no name", { another: true, relation: "child" }, "nameMissing"],
    ["nobody says who files", { another: true, filer: ofCard(CARD) }, "relationMissing"],
  ];
  it.each(wrong)("%s", (_, change, said) => {
    expect(wrongIn(filled(change))?.wrong ?? null).toBe(said);
  });
});

it("says whose it is, where it is a person's", () => {
  expect(wrongIn(filled({ another: true }))?.of).toBe("filer");
  expect(wrongIn(filled({ hamlet: "" }))?.of).toBeNull();
});

describe("the offices", () => {
  const competent = (change: Partial<Draft>, of = COPIES) => competentFor(filled(change), of, OFFICES, "post");

  it("are those of the commune, of the province where the catalogue says so, or those chosen by hand", () => {
    expect(competent({})).toBe("agency of Mỹ Hiệp");
    expect(competent({ commune: "28261" })).toBe("agency of Mỹ Tho");
    expect(competent({}, version("H20.LLTP1", "Lý lịch tư pháp", { agency: "province_police" }))).toBe(
      "agency of the province",
    );
    expect(competent({ competent: "agency of Mỹ Tho" })).toBe("agency of Mỹ Tho");
  });

  it("have their one-stop beside them, where there is one", () => {
    expect(supportingFor("agency of Mỹ Hiệp", OFFICES)).toBe("one-stop of Mỹ Hiệp");
    expect(supportingFor("agency of Mỹ Tho", OFFICES)).toBe("agency of Mỹ Tho");
  });
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
    const { register, NAME } = await import("../src/registering/record.ts");
    const { quote } = await import("../src/registering/quoting.ts");
    const drafts = await import("../src/parts/draft.ts");
    const state = await import("../src/state.ts");
    const lines = quote(COPIES.content.fees as never, {
      quantities: { copy: 2 },
      reliefs: [],
      channel: "post",
      on: "2026-11-25",
    })!;
    const asked = (draft: Draft, now = true) => ({
      draft,
      version: COPIES,
      offices: OFFICES,
      lines,
      now,
      place: undefined,
    });
    return { app, asked, register, state, draftName: drafts.DRAFT + NAME };
  }

  const kinds = async (app: Awaited<ReturnType<typeof aPhone>>["app"]) =>
    (await app.outbox.everything()).map((one) => one.kind);

  it("are kept together, with what the screens show, and the draft is gone with them", async () => {
    const { app, asked, register, state, draftName } = await aPhone();
    await app.line.enrol("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    await app.lease.begin("380172", Date.now() + 3600_000);
    const draft = filled();
    await app.lease.put(draftName, draft);
    await register(asked(draft));
    expect(await kinds(app)).toEqual(["register", "record_arrival", "quote"]);
    expect(await app.lease.get(draftName)).toBeUndefined();
    expect(state.notes.value.map((note) => note.kind)).toEqual(["register", "record_arrival", "quote"]);
    const kept = await app.days.notes();
    expect(kept[0]!.shown).toMatchObject({
      one: { owner_name: "Trần Thị Mẫu", charges: [{ amount: 16_000, state: "due" }] },
      part: { visit_id: draft.visit_id, take: [{ component: "to_khai" }], see: [{ component: "giay_to_tuy_than" }] },
    });
  });

  it("pressed twice, or again in another tab, it is one registration", async () => {
    const { app, asked, register } = await aPhone();
    await app.line.enrol("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    await app.lease.begin("380172", Date.now() + 3600_000);
    const draft = filled();
    await Promise.all([register(asked(draft)), register(asked(draft))]);
    const other = await aPhone();
    await other.register(other.asked(draft));
    expect(await kinds(app)).toEqual(["register", "record_arrival", "quote"]);
  });

  it("say who and where to the centre alone", async () => {
    const { app, asked, register } = await aPhone();
    await app.line.enrol("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    const draft = filled({
      another: true,
      relation: "child",
      filer: { name: "  Lê  Văn  Con ", born: "1990", number: "341234567", old: null },
      phone: "0912.345.678",
    });
    await register(asked(draft));
    const [registered] = await Promise.all((await app.outbox.everything()).map((one) => centre.opened(one.sealed!)));
    const { salt, ...told } = JSON.parse(fromUtf8(registered!.personal!));
    expect(salt).toHaveLength(32);
    expect(told).toEqual({
      owner_name: "Trần Thị Mẫu",
      owner_number: "087305012345",
      owner: { born: "2005-09-02" },
      phone: "0912 345 678",
      hamlet: "Ấp 3",
      parties: [
        {
          party_id: draft.filer_id,
          role: "filer",
          name: "Lê Văn Con",
          relation: "child",
          old_number: "341234567",
          born: "1990",
        },
      ],
    });
    expect(JSON.stringify(registered!.envelope)).not.toContain("Mẫu");
  });

  it("where nobody is served there and then, it is registered with what the citizen wishes", async () => {
    const { app, asked, register } = await aPhone();
    await app.line.enrol("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    await register(asked(filled({ wish: "sáng 02/12" }), false));
    expect(await kinds(app)).toEqual(["register"]);
    const [one] = await app.outbox.everything();
    const { personal } = await centre.opened(one!.sealed!);
    expect(JSON.parse(fromUtf8(personal!)).note).toBe("Công dân muốn hẹn: sáng 02/12");
  });
});
