/** What is shown before it is signed: exactly this text is what the signature is bound to. Always Vietnamese: it is the
 * paper's language. Pure. */
import type { Visit } from "../sync/day.ts";
import { grouped } from "../words/index.ts";
import type { View } from "./view.ts";

export interface SlipText {
  /** Lines in the order shown. */
  lines: string[];
}

type Named = (component: string) => string;

/** Phiếu gửi hồ sơ. `named`: what a component is called. */
export function slipText(view: View, procedure: string, owner: string, named: Named): SlipText {
  return { lines: ["PHIẾU GỬI HỒ SƠ", procedure, `Chủ hồ sơ: ${owner}`, ...paperLines(view, named), money(view)] };
}

/** What goes into the citizen's hands, and what was taken and paid for it. */
export function receiptText(part: Visit, view: View, procedure: string, owner: string, named: Named): SlipText {
  const title = part.purpose === "return_papers" ? "NHẬN LẠI GIẤY TỜ" : "NHẬN KẾT QUẢ";
  const given = part.give.map((paper, place) => `${place + 1}. ${paperLine(paper, named)}`);
  const taking = view.papers.length > 0 ? ["Giấy tờ nộp lại:", ...paperLines(view, named)] : [];
  const paid = view.collected > 0 ? [money(view)] : [];
  return { lines: [title, procedure, `Chủ hồ sơ: ${owner}`, ...given, ...taking, ...paid] };
}

/** A paper that is given. */
export function paperLine(paper: Visit["give"][number], named: Named): string {
  const name = paper.name ?? (paper.is_result ? "Kết quả giải quyết" : named(paper.component));
  return `${name}: ${counts(paper).join(", ")}`;
}

export const paperLines = (view: View, named: Named): string[] =>
  view.papers.map((paper, place) => {
    const condition = CONDITIONS[paper.condition];
    return `${place + 1}. ${named(paper.component)}: ${[...counts(paper), condition].filter(Boolean).join(", ")}`;
  });

const counts = (paper: { originals: number; copies: number; form?: string }): string[] => [
  ...(paper.originals ? [`${paper.originals} bản chính`] : []),
  ...(paper.copies ? [`${paper.copies} ${COPIES[paper.form ?? ""] ?? "bản sao"}`] : []),
];

const COPIES: Record<string, string> = { certified_copy: "bản sao chứng thực", register_copy: "bản sao từ sổ gốc" };

const money = (view: View): string =>
  view.collected > 0 ? `Đã thu: ${grouped(view.collected)} đồng, phiếu thu số ${view.slipNumber}` : "Đã thu: 0 đồng";

const CONDITIONS: Record<string, string> = { intact: "nguyên vẹn", torn: "rách", wet: "ướt", faded: "mờ" };
