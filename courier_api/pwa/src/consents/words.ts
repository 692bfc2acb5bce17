/** Words of questions that may be refused. The questions themselves come with the day. */
import { bring } from "../words/index.ts";

export const vi = {
  consents: "Hỏi đồng ý",
  consentsLead: "Trả lời thế nào cũng được phục vụ như nhau.",
  questionOf: "Câu {n} trên {all}",
  answersHere: "Người trả lời: {name}",
  answersForThem: "Người trả lời: cha, mẹ hoặc người giám hộ.",
  onlyThey: "Chỉ {name} trả lời được. Không có mặt thì bấm Không hỏi lúc này.",
  childToo: "Hỏi cả {name}, vì câu này về đời sống riêng tư:",
  sayYes: "Đồng ý",
  sayNo: "Không đồng ý",
  notNow: "Không hỏi lúc này",
  answeredBefore: "Đã trả lời",
  consent_given: "Đồng ý",
  consent_declined: "Không đồng ý",
  consent_withdrawn: "Đã rút lại",
  takeBack: "Rút lại",
  askAgain: "Hỏi lại",
  placeLost: "Đã ghi đồng ý. Máy chưa biết đang ở đâu nên chưa ghi vị trí nhà. Ra chỗ trống rồi bấm Rút lại, Hỏi lại.",
  noQuestions: "Câu hỏi chưa tải về. Không hỏi cũng được, làm bước tiếp theo.",
};

export const en: typeof vi = {
  consents: "Ask for consent",
  consentsLead: "Whatever the answer, the service is the same.",
  questionOf: "Question {n} of {all}",
  answersHere: "Who answers: {name}",
  answersForThem: "Who answers: a parent or guardian.",
  onlyThey: "Only {name} can answer. If they are not here press “Not now”.",
  childToo: "Ask {name} too, for this is about a private life:",
  sayYes: "I agree",
  sayNo: "I do not agree",
  notNow: "Not now",
  answeredBefore: "Answered",
  consent_given: "Agrees",
  consent_declined: "Does not agree",
  consent_withdrawn: "Taken back",
  takeBack: "Take it back",
  askAgain: "Ask again",
  placeLost:
    "The yes is recorded. This phone does not know where it is, so no place was kept. Go into the open, then take it back and ask again.",
  noQuestions: "The questions are not here yet. They need not be asked; do the next step.",
};

bring("consents", { vi, en });
