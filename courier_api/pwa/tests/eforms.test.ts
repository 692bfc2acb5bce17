/** Forms for who does not write: what is asked, what is filled in from where, and what stands signed. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { canonical, contentHash } from "../src/eforms/canonical.ts";
import { wrongFields } from "../src/eforms/checking.ts";
import { declared } from "../src/eforms/declared.ts";
import { asked, type Filled, type Form, formsOf, inOrder, isAsked, isRequired, settled } from "../src/eforms/form.ts";
import { parts } from "../src/eforms/lines.ts";
import { filledIn, fromCard, prefilled, takesCard } from "../src/eforms/prefill.ts";
import { keys, shown, tidy, typed } from "../src/eforms/typing.ts";
import { readCard } from "../src/scanning/card.ts";
import { learned } from "../src/sync/day.ts";
import { steps } from "../src/visit/steps.ts";
import { view } from "../src/visit/view.ts";
import { aCase, aDay, aNote, aVisit } from "./days.ts";

const DATA = new URL("../../../backend/eforms/data/", import.meta.url);
const FORMS = readdirSync(DATA).map((name) => JSON.parse(readFileSync(new URL(name, DATA), "utf8")) as Form);
const form = (version: string): Form => FORMS.find((one) => one["x-version"] === version)!;
const BIRTH = form("khai_sinh.2024-06");
const COPY = form("ban_sao_trich_luc.2024-06");
const CARD = readCard("087154001234|340123456|Nguyễn Thị Sáu|12031954|Nữ|Ấp 1, Tân Công Sính, Đồng Tháp|01052021")!;
const party = (role: string, name: string, born: string | null) =>
  ({ role, name, born, phone: null, party_id: role, kind: "person" }) as never;

const said = (values: Record<string, string>): Filled => ({
  values,
  sources: Object.fromEntries(Object.keys(values).map((name) => [name, "said" as const])),
});

it("a procedure has the forms that hold on the case's day", () => {
  expect(formsOf(FORMS, "2.000635", "2026-11-20").map((one) => one.document)).toEqual(["to_khai"]);
  expect(formsOf(FORMS, "2.000635", "2024-06-05")).toEqual([]);
  expect(
    formsOf(FORMS, "1.000689", "2026-11-20")
      .map((one) => one.document)
      .sort(),
  ).toEqual(["to_khai", "to_khai_nhan_con"]);
  expect(formsOf(FORMS, "2.000815", "2026-11-20")).toEqual([]);
  const ended = { ...COPY, "x-valid-until": "2026-11-20" };
  expect(formsOf([ended], "2.000635", "2026-11-19")).toHaveLength(1);
  expect(formsOf([ended], "2.000635", "2026-11-20")).toEqual([]);
});

it("the father is asked for only where he is named, and what hangs on it goes with it", () => {
  expect(isAsked(BIRTH, "cha_ho_ten", {})).toBe(false);
  expect(isAsked(BIRTH, "cha_ho_ten", { co_cha: "khong" })).toBe(false);
  expect(isAsked(BIRTH, "cha_ho_ten", { co_cha: "co" })).toBe(true);
  expect(isRequired(BIRTH, "cha_ho_ten", { co_cha: "co" })).toBe(true);
  expect(isRequired(BIRTH, "cha_ho_ten", { co_cha: "khong" })).toBe(false);
  const named = said({ co_cha: "co", cha_ho_ten: "Lê Văn Tư", hon_nhan: "co" });
  expect(settled(BIRTH, named)).toEqual(named);
  const unnamed = settled(BIRTH, filledIn(named, "co_cha", "khong", "said"));
  expect(unnamed).toEqual(said({ co_cha: "khong" }));
});

it("parts of which nothing is asked are left out", () => {
  const ct01 = form("cu_tru_ct01.2025-07");
  const members = (values: Record<string, string>) =>
    asked(ct01, values).filter((group) => group.code.startsWith("thanh_vien_")).length;
  expect(members({})).toBe(0);
  expect(members({ so_thanh_vien: "2" })).toBe(2);
  expect(members({ so_thanh_vien: "4" })).toBe(4);
});

it("what the case knows is filled in with its source, and what does not fit is left to be asked", () => {
  const one = aCase("A", {
    owner_name: "Nguyễn Thị Sáu",
    parties: [party("owner", "Nguyễn Thị Sáu", "1954"), party("filer", "Lê Văn Tư", null)],
  });
  const filled = prefilled(COPY, one);
  expect(filled.values).toMatchObject({
    nyc_ho_ten: "Lê Văn Tư",
    nguoi_duoc_ho_ten: "Nguyễn Thị Sáu",
    nguoi_duoc_ngay_sinh: "1954",
  });
  expect(new Set(Object.values(filled.sources))).toEqual(new Set(["case"]));
  // A child's day of birth is asked in full: the year alone does not fit.
  expect(prefilled(BIRTH, one).values.ngay_sinh).toBeUndefined();
  expect(prefilled(BIRTH, undefined)).toEqual({ values: {}, sources: {} });
});

it("a card fills in its own part and no other", () => {
  const group = COPY["x-groups"].find((one) => one.code === "nguoi_duoc_cap")!;
  expect(takesCard(COPY, group.fields)).toBe(true);
  const before = filledIn(prefilled(COPY, aCase("A")), "nguoi_duoc_ho_ten", "Nguyễn Thị S", "said");
  const { values, sources } = fromCard(COPY, before, group.fields, CARD);
  expect(values).toMatchObject({
    nguoi_duoc_ho_ten: "Nguyễn Thị Sáu",
    nguoi_duoc_ngay_sinh: "1954-03-12",
    nguoi_duoc_gioi_tinh: "nu",
    nguoi_duoc_giay_to: "087154001234",
    nguoi_duoc_noi_cu_tru: "Ấp 1, Tân Công Sính, Đồng Tháp",
  });
  expect(sources.nguoi_duoc_ho_ten).toBe("card");
  expect(values.nyc_giay_to).toBeUndefined();
  const changed = filledIn({ values, sources }, "nguoi_duoc_ho_ten", "Nguyễn Thị Sáu Nhỏ", "said");
  expect(changed.sources.nguoi_duoc_ho_ten).toBe("said");
});

it("days are typed as digits, and numbers without what stands between", () => {
  const date = BIRTH.properties.ngay_sinh!;
  expect(["0503", "05032026", "05/03/202", "31022026", "2026"].map((text) => typed(date, text))).toEqual([
    "0503",
    "2026-03-05",
    "0503202",
    "31022026",
    "2026",
  ]);
  expect(shown(date, "2026-03-05")).toBe("05/03/2026");
  expect(keys(date)).toBe("numeric");
  const identity = COPY.properties.nyc_giay_to!;
  expect(typed(identity, "b 123.4567")).toBe("B1234567");
  expect(keys(identity)).toBe("text");
  const phone = form("cu_tru_ct01.2025-07").properties.dien_thoai!;
  expect(typed(phone, "0912 345 678")).toBe("0912345678");
  expect(keys(phone)).toBe("tel");
  const hour = form("khai_tu.2024-06").properties.gio_chet!;
  expect(typed(hour, "0830")).toBe("08:30");
  expect(typed(hour, "08:3")).toBe("083");
});

it("the first wrong field is the first in reading order", () => {
  expect(wrongFields(COPY, { values: {}, sources: {} })[0]).toBe(inOrder(COPY)[0]);
  const filled = said({ kinh_gui: "UBND xã Tân Công Sính", nyc_ho_ten: "x9", so_ban_sao: "0" });
  expect(wrongFields(COPY, filled)[0]).toBe("nyc_ho_ten");
  expect(wrongFields(COPY, { ...filled, sources: { kinh_gui: "card" } })[0]).toBe("kinh_gui");
  expect(wrongFields(COPY, said({ khong_co: "x" })).at(-1)).toBe("khong_co");
});

it("what was filled in has one form: composed, sorted, with nothing between", async () => {
  const filled: Filled = { values: { b: "Huê\u0323", a: '"\n' }, sources: { b: "said", a: "card" } };
  const text = '{"form_version":"v","sources":{"a":"card","b":"said"},"values":{"a":"\\"\\n","b":"Huệ"}}';
  expect(canonical("v", filled)).toBe(text);
  expect(await contentHash("v", filled)).toBe(await contentHash("v", { ...filled, values: { a: '"\n', b: "Huệ" } }));
  expect(await contentHash("v", filled)).not.toBe(await contentHash("w", filled));
  const other: Filled = { ...filled, sources: { b: "paper", a: "card" } };
  expect(await contentHash("v", filled)).not.toBe(await contentHash("v", other));
});

it("what nobody sees and what is not asked is gone before it is read", () => {
  const filled = said({
    nyc_ho_ten: "  Nguyễn \u200b Thị  Sáu ",
    loai_khac: "x",
    loai_trich_luc: "khai_sinh",
    so_quyen: " ",
  });
  expect(tidy(COPY, filled)).toEqual(said({ nyc_ho_ten: "Nguyễn Thị Sáu", loai_trich_luc: "khai_sinh" }));
});

it("is read line by line, choices in words, days as people say them, numbers digit by digit", () => {
  const filled: Filled = {
    values: { nyc_giay_to: "087154001234", loai_trich_luc: "khai_sinh", nguoi_duoc_ngay_sinh: "1954-03-12" },
    sources: { nyc_giay_to: "card", loai_trich_luc: "said", nguoi_duoc_ngay_sinh: "card" },
  };
  const read = parts(COPY, filled);
  expect(read.map((part) => part.code)).toEqual(["nguoi_yeu_cau", "loai", "nguoi_duoc_cap"]);
  const [number, which, born] = read.flatMap((part) => part.lines);
  expect(number).toMatchObject({ text: "087154001234", from: "card" });
  expect(number!.aloud).toContain(": 0 8 7 1 5 4 0 0 1 2 3 4.");
  expect(which!.text).toBe("Khai sinh");
  expect(which!.written).toBe("Bản sao trích lục về: Khai sinh");
  const [asked] = parts(COPY, said({ biet_so: "khong" })).flatMap((part) => part.lines);
  expect(asked!.written).toBe("Có biết số, quyển số không? Không");
  expect(born!.text).toBe("12/03/1954");
  expect(born!.aloud).toContain("ngày 12 tháng 3 năm 1954");
});

const reads = (content: string, version = "v1") =>
  aNote("read_back", "v", "A", { document: "to_khai", form_version: version, content_sha256: content });
const signs = (content: string, signature_id = "s1", version = "v1") =>
  aNote("sign", "v", "A", { document: "to_khai", form_version: version, shown_sha256: content, signature_id });
const stands = (...notes: ReturnType<typeof aNote>[]) => {
  const [one] = declared(aCase("A"), notes);
  return [one!.content_sha256, one!.signed, one!.voided];
};

it("what is signed stands for exactly that content of that version", () => {
  expect(declared(aCase("A"), [])).toEqual([]);
  expect(stands(reads("a"))).toEqual(["a", false, false]);
  expect(stands(reads("a"), signs("a"))).toEqual(["a", true, false]);
  expect(stands(reads("a"), signs("b"))).toEqual(["a", false, false]);
  expect(stands(reads("a"), signs("a", "s1", "v0"))).toEqual(["a", false, false]);
});

it("reading it back anew makes the old signature void, for ever", () => {
  expect(stands(reads("a"), signs("a"), reads("b"))).toEqual(["b", false, true]);
  expect(stands(reads("a"), signs("a"), reads("a", "v2"))).toEqual(["a", false, true]);
  expect(stands(reads("a"), signs("a"), reads("b"), reads("a"))).toEqual(["a", false, false]);
  expect(stands(reads("a"), signs("a"), reads("b"), signs("b", "s2"))).toEqual(["b", true, true]);
  expect(stands(reads("a"), signs("a"), reads("a"))).toEqual(["a", true, false]);
  const voided = aNote("void_signature", "v", "A", { signature_id: "s1" });
  expect(stands(reads("a"), signs("a"), voided)).toEqual(["a", false, false]);
});

it("the centre's word counts for the content it has", () => {
  const told = { document: "to_khai", form_version: "v1", content_sha256: "a", signed: true };
  const one = aCase("A", { readings: [told] });
  expect(declared(one, [])).toMatchObject([{ signed: true, voided: false, here: false, filled: null }]);
  expect(declared(one, [reads("b")])).toMatchObject([{ signed: false, voided: true, here: true }]);
  expect(declared(one, [reads("a")])).toMatchObject([{ signed: true, voided: false }]);
});

it("the step is there where a procedure has a form, and done when every form is signed", () => {
  const part = aVisit("v", "A", { state: "arrived" });
  const known = learned(null, aDay({ full: true, visits: [part], cases: [aCase("A")] }), new Set());
  const step = (forms: ReturnType<typeof formsOf>, ...notes: ReturnType<typeof aNote>[]) =>
    steps({ part, one: known.cases.A, view: view(known, part, notes), forms }).find(
      (one) => one.step === "declaration",
    );
  expect(step([])).toBeUndefined();
  const one = formsOf(FORMS, "2.000635", "2026-11-20");
  expect(step(one)?.done).toBe(false);
  expect(step(one, reads("a"))?.done).toBe(false);
  expect(step(one, reads("a"), signs("a"))?.done).toBe(true);
  expect(step(one, reads("a"), signs("a"), reads("b"))?.done).toBe(false);
  const two = formsOf(FORMS, "1.000689", "2026-11-20");
  expect(step(two, reads("a"), signs("a"))?.done).toBe(false);
});
