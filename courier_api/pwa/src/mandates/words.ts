/** Words of acting for the owner by a paper. */
import { bring } from "../words/index.ts";

export const vi = {
  mandate: "Ghi giấy ủy quyền",
  mandateLead: "Xem bản giấy, so tên người đến với tên trên giấy. Chỉ nhận, chỉ trao đúng việc ghi trên giấy.",
  whoActs: "Ai làm thay chủ hồ sơ?",
  someoneNew: "Người chưa có trong hồ sơ",
  agentCard: "Đọc mã thẻ căn cước của người làm thay",
  agentPerson: "Người làm thay",
  agentPhone: "Điện thoại của người làm thay",
  agentRelation: "Người làm thay là gì của chủ hồ sơ?",
  whichPaper: "Giấy gì?",
  mandatePaper: "Giấy ủy quyền, không chứng thực",
  certifiedPaper: "Giấy ủy quyền có chứng thực",
  introductionPaper: "Giấy giới thiệu của tổ chức",
  papersThatDo: "Giấy dùng được với người này: {papers}.",
  noPaperNeeded: "Danh mục không đòi giấy với người này. Có giấy thì ghi lại để cơ quan biết ai làm thay.",
  notToldWhoActs: "Danh mục chưa ghi ai được làm thay thủ tục này. Cơ quan xem lại giấy khi nhận hồ sơ.",
  paperFrom: "Có hiệu lực từ ngày (25/11/2026)",
  paperLast: "Đến hết ngày (để trống nếu giấy không ghi)",
  kinshipSeen: "Đã xem giấy chứng minh quan hệ",
  photographPaper: "Chụp giấy này",
  paperPhotographed: "Đã chụp giấy.",
  photographPaperAgain: "Chụp lại giấy này",
  cannotPhotograph: "Máy không chụp được",
  cameraDeniedForPaper: "Máy không cho dùng camera. Cho phép camera trong cài đặt, hoặc đánh dấu Máy không chụp được.",
  keepMandate: "Lưu giấy này",
  mandateKept: "Đã ghi giấy của {name}, {until}.",
  untilDay: "đến hết ngày {day}",
  withoutEnd: "giấy không ghi ngày hết hạn",
  chooseAgent: "Chọn ai làm thay rồi bấm lại.",
  relationFirst: "Chọn người làm thay là gì của chủ hồ sơ.",
  agentPhoneWrong: "Số điện thoại của người làm thay chưa đúng. Gõ như 0912 345 678, hoặc để trống.",
  choosePaper: "Chọn loại giấy đã xem.",
  fromDayWrong: "Gõ ngày giấy bắt đầu có hiệu lực, như 25/11/2026. Giấy không ghi thì gõ ngày ký.",
  lastDayWrong: "Ngày hết hạn chưa đúng. Gõ như 25/11/2026, hoặc để trống nếu giấy không ghi.",
  daysBackwards: "Ngày hết hạn trước ngày bắt đầu. Xem lại trên giấy.",
  paperEnded:
    "Giấy đã hết hạn, không dùng được nữa. Nhờ chủ hồ sơ làm giấy mới rồi hẹn lại: bấm Không thành công, chọn lý do chưa có ủy quyền.",
  paperBegins:
    "Giấy chưa đến ngày có hiệu lực. Hẹn lại từ ngày ghi trên giấy: bấm Không thành công, chọn lý do chưa có ủy quyền.",
  photographFirst: "Chụp giấy rồi bấm lại. Máy không chụp được thì đánh dấu bên trên.",
  nobodyActs:
    "Thủ tục này chủ hồ sơ phải tự làm, không ai làm thay được dù có giấy. Không có chủ hồ sơ thì hẹn lại: bấm Không thành công, chọn lý do chưa có ủy quyền.",
  onlyOwnerReceives:
    "Kết quả này chỉ trao cho chính chủ hồ sơ, giấy ủy quyền không thay được. Không có chủ hồ sơ thì hẹn lại: bấm Không thành công.",
  wantsKinship: "Ngày này luật còn đòi giấy chứng minh quan hệ. Xem giấy đó rồi đánh dấu, hoặc hẹn lại khi có giấy.",
  wantsMandate:
    "Với người này phải là giấy ủy quyền. Nhờ chủ hồ sơ viết giấy ủy quyền rồi ghi lại, hoặc hẹn lại khi có giấy.",
  wantsCertified:
    "Với người này phải là giấy ủy quyền có chứng thực. Hướng dẫn chủ hồ sơ chứng thực giấy ở Ủy ban nhân dân xã rồi hẹn lại: bấm Không thành công, chọn lý do chưa có ủy quyền.",
  wantsIntroduction:
    "Với người này phải là giấy giới thiệu của tổ chức. Nhờ tổ chức cấp giấy rồi hẹn lại: bấm Không thành công, chọn lý do chưa có ủy quyền.",
  mayNotAct:
    "Danh mục không ghi người này được làm thay thủ tục này, dù có giấy. Gặp đúng chủ hồ sơ, hoặc bấm Không thành công, chọn lý do chưa có ủy quyền.",
  notLiveToday:
    "Hôm nay {name} chưa được làm thay chủ hồ sơ: chưa có giấy, hoặc giấy không đủ hay đã hết hạn. Có giấy thì bấm Ghi giấy ủy quyền; không có thì chưa nhận, chưa trao gì.",
};

export const en: typeof vi = {
  mandate: "Record a mandate",
  mandateLead:
    "Look at the paper and compare the name of who came with the name on it. Take and hand over only what it says.",
  whoActs: "Who acts for the owner?",
  someoneNew: "Somebody whom the case does not name",
  agentCard: "Read the code on the identity card of who acts",
  agentPerson: "Who acts",
  agentPhone: "Phone of who acts",
  agentRelation: "What are they to the owner?",
  whichPaper: "Which paper?",
  mandatePaper: "Mandate, not certified",
  certifiedPaper: "Certified mandate",
  introductionPaper: "Letter of introduction of an organisation",
  papersThatDo: "Papers that do for this person: {papers}.",
  noPaperNeeded: "The catalogue asks no paper of this person. If there is one, record it so that the agency knows.",
  notToldWhoActs: "The catalogue does not say who may act here. The agency looks at the paper again.",
  paperFrom: "Holds from (25/11/2026)",
  paperLast: "Until the end of (empty if the paper does not say)",
  kinshipSeen: "Saw a proof of kinship",
  photographPaper: "Photograph this paper",
  paperPhotographed: "The paper is photographed.",
  photographPaperAgain: "Photograph this paper again",
  cannotPhotograph: "The phone cannot photograph it",
  cameraDeniedForPaper:
    "The camera is not allowed. Allow it in the settings, or tick that the phone cannot photograph.",
  keepMandate: "Keep this paper",
  mandateKept: "The paper of {name} is recorded, {until}.",
  untilDay: "until the end of {day}",
  withoutEnd: "without a last day",
  chooseAgent: "Choose who acts, then press again.",
  relationFirst: "Choose what they are to the owner.",
  agentPhoneWrong: "The phone number of who acts is not right. Type it like 0912 345 678, or leave it empty.",
  choosePaper: "Choose which paper you saw.",
  fromDayWrong: "Type the day from which the paper holds, like 25/11/2026; if it does not say, the day it was signed.",
  lastDayWrong: "The last day is not right. Type it like 25/11/2026, or leave it empty if the paper does not say.",
  daysBackwards: "The last day is before the first. Look at the paper again.",
  paperEnded:
    "The paper has ended and is good for nothing now. Ask the owner for a new one and come again: press Cannot finish, with the reason no authority.",
  paperBegins:
    "The paper does not hold yet. Come again from the day it says: press Cannot finish, with the reason no authority.",
  photographFirst: "Photograph the paper, then press again. If the phone cannot, tick it above.",
  nobodyActs:
    "The owner must do this in person: nobody may act, whatever they show. Without the owner come again: press Cannot finish, with the reason no authority.",
  onlyOwnerReceives:
    "This result goes to the owner alone: a mandate does not help. Without the owner come again: press Cannot finish.",
  wantsKinship: "On this day the law still asks for a proof of kinship. See it and tick it, or come again.",
  wantsMandate: "This person needs a mandate. Ask the owner to write one and record it, or come again.",
  wantsCertified:
    "This person needs a certified mandate. Explain that the commune certifies it, and come again: press Cannot finish, with the reason no authority.",
  wantsIntroduction:
    "This person needs a letter of introduction of the organisation. Come again when there is one: press Cannot finish, with the reason no authority.",
  mayNotAct:
    "The catalogue lets nobody like this act here, whatever they show. Meet the owner, or press Cannot finish, with the reason no authority.",
  notLiveToday:
    "Today {name} may not act for the owner: there is no paper, or it is not enough or has ended. If there is one press Record a mandate; else take nothing and hand over nothing.",
};

bring("mandates", { vi, en });
