/** What a citizen keeps of a visit: Phiếu gửi hồ sơ and Phiếu thu (F03, F08). Nothing in it is promised: before the
 * agency's receipt exists everything is "dự kiến". Always Vietnamese: it is the paper's language. Pure. */
import type { Noted } from "../acts/record.ts";
import { corrected, localDate, localTime } from "../device/clock.ts";
import { itemNumber, setNumber, setWritten } from "../scanning/item.ts";
import type { Version } from "../sync/catalogue.ts";
import type { Here } from "../visit/here.ts";
import { paperLine, paperLines } from "../visit/slip.ts";
import { dueNow } from "../visit/view.ts";
import { inWords } from "../words/amounts.ts";
import { grouped, written } from "../words/index.ts";

export interface Fact {
  name: string;
  value: string;
}

/** One Phiếu thu. */
export interface Collected {
  number: number;
  lines: Fact[];
  /** In figures, and in words. */
  total: string;
  inWords: string;
}

export interface Sheet {
  post: string | null;
  title: string;
  facts: Fact[];
  lists: { head: string; lines: string[] }[];
  collected: Collected[];
  /** What is still to be said of money. */
  money: string[];
  next: string[];
}

/** What the page knows and the acts do not say. */
export interface Known {
  post: string | null;
  courier: string;
  badge: string;
  procedure: string;
  paper: (component: string) => string;
  fee: (code: string) => string;
  time: Version["content"]["time"];
}

export const HOTLINE = "0277 1022";
const NOT_RECEIPT = "Không phải biên lai. Biên lai thu phí, lệ phí được lập sau và gửi đến ông/bà.";

/** null: nothing changed hands yet. `notes`: of this phone. */
export function sheetOf(here: Here, notes: readonly Noted[], known: Known): Sheet | null {
  const { part, one, view } = here;
  const mine = notes.filter((note) => note.subject.id === part.case_id && note.body.visit_id === part.visit_id);
  const given = part.give.filter((paper) => view.given.includes(paper.paper_id));
  if (view.papers.length + view.seen.length + given.length === 0 && view.collected === 0) return null;
  return {
    post: known.post,
    title: given.length > 0 ? "PHIẾU TRẢ GIẤY TỜ, KẾT QUẢ" : "PHIẾU GỬI HỒ SƠ",
    facts: facts(here, mine, known),
    lists: [
      { head: "Bưu điện đã nhận", lines: paperLines(view, known.paper) },
      { head: "Đã xem bản chính và trả lại ngay", lines: view.seen.map(known.paper) },
      { head: "Ông/bà đã nhận", lines: given.map((paper) => paperLine(paper, known.paper)) },
    ].filter((list) => list.lines.length > 0),
    collected: mine.filter((note) => note.kind === "collect").map((note) => collected(note, one, known)),
    money: money(here),
    next: next(here, known),
  };
}

function at(note: Noted): string {
  const when = corrected(note.at);
  return `${localTime(when)}, ${written(localDate(when))}`;
}

function facts({ one, part }: Here, mine: readonly Noted[], known: Known): Fact[] {
  const handed = mine.find((note) => HANDS.has(note.kind));
  const signed = mine.find((note) => note.kind === "sign");
  const said: [string, string | null | undefined][] = [
    ["Chủ hồ sơ", one?.owner_name],
    ["Thủ tục", known.procedure],
    ["Mã hồ sơ", one?.dossier_code],
    ["Lúc", handed && at(handed)],
    ["Nơi", PLACES[part.place]],
    ["Bưu tá", [known.courier, known.badge].filter(Boolean).join(", số hiệu ")],
    ...mine.filter((note) => note.kind === "seal").map((note): [string, string] => ["Bưu gửi", parcel(note)]),
    [signed?.body.mode === "representative" ? "Đã ký thay" : "Công dân đã ký", signed && at(signed)],
  ];
  return said.flatMap(([name, value]) => (value ? [{ name, value }] : []));
}

const HANDS = new Set(["take_papers", "see_original", "hand_over_result", "hand_back_papers", "collect"]);

const PLACES: Record<string, string> = {
  home: "Tại nhà",
  post_counter: "Quầy bưu điện",
  one_stop: "Bộ phận một cửa",
  mobile_point: "Điểm lưu động",
};

/** Under which label and seal the papers travel. */
function parcel({ body }: Noted): string {
  const number = setNumber(String(body.label));
  const item = number === null ? null : itemNumber(number);
  const named = number === null ? [] : [`bộ nhãn ${setWritten(number)}`, item];
  return [...named, `niêm phong ${body.seal_number}`].filter(Boolean).join(", ");
}

function collected({ body }: Noted, one: Here["one"], known: Known): Collected {
  const lines = body.lines as { charge_id: string; amount: number }[];
  const code = (charge_id: string) => one?.charges.find((charge) => charge.charge_id === charge_id)?.line ?? "";
  return {
    number: Number(body.slip_number),
    lines: lines.map((line) => ({ name: known.fee(code(line.charge_id)), value: `${grouped(line.amount)} đồng` })),
    total: `${grouped(Number(body.total))} đồng`,
    inWords: inWords(Number(body.total)),
  };
}

/** What was not paid in cash is said too: whoever holds the slip knows what is still asked for. */
function money({ view, part }: Here): string[] {
  const { transfer } = view;
  const owed = dueNow(view, part.purpose).reduce((sum, line) => sum + line.amount, 0);
  return [
    ...(view.collected === 0 ? ["Đã thu tiền mặt: 0 đồng."] : [NOT_RECEIPT]),
    ...(transfer ? [`Chuyển khoản ${grouped(transfer.total)} đồng, nội dung ${transfer.reference}.`] : []),
    ...(owed > 0 && !transfer ? [`Chưa nộp: ${grouped(owed)} đồng.`] : []),
    ...(view.unpaid ? ["Có khoản chưa nộp phí: cơ quan sẽ báo."] : []),
  ];
}

function next({ view, part }: Here, { time }: Known): string[] {
  const ask = `Hỏi, phản ánh: gọi ${HOTLINE}. Số tra cứu và mã QR ở Thẻ theo dõi.`;
  if (view.papers.length === 0) return [part.give.length > 0 ? `Nếu sai sót, báo ngay. ${ask}` : ask];
  return [
    "Bưu điện đưa hồ sơ đến cơ quan. Cơ quan nhận đủ hồ sơ thì lập giấy tiếp nhận và hẹn trả kết quả; thời hạn tính từ đó.",
    ...expected(time),
    "Trước khi có giấy hẹn của cơ quan, mọi ngày trả kết quả chỉ là dự kiến.",
    ask,
  ];
}

/** A length, never a day. */
function expected(time: Known["time"]): string[] {
  if (!time) return [];
  if (time.kind === "in_day") return ["Dự kiến: trong ngày cơ quan nhận đủ hồ sơ."];
  if (!time.count) return [];
  const days = time.kind === "working_days" ? "ngày làm việc" : "ngày";
  return [`Dự kiến: ${time.count} ${days} từ khi cơ quan nhận đủ hồ sơ.`];
}

/** Line by line, as it is sent, drawn, or read aloud. */
export function lines(sheet: Sheet): string[] {
  return [
    ...(sheet.post ? [sheet.post] : []),
    sheet.title,
    ...sheet.facts.map(({ name, value }) => `${name}: ${value}`),
    ...sheet.lists.flatMap(({ head, lines }) => ["", `${head}:`, ...lines]),
    ...sheet.collected.flatMap((slip) => [
      "",
      `PHIẾU THU số ${slip.number}`,
      ...slip.lines.map(({ name, value }) => `${name}: ${value}`),
      `Cộng: ${slip.total} (${slip.inWords})`,
    ]),
    "",
    ...sheet.money,
    "",
    ...sheet.next,
  ];
}
