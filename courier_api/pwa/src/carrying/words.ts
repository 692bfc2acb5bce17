/** Words of handing unsent work on to another phone. They come with the pages that use them. */
import { bring } from "../words/index.ts";

export const vi = {
  thisPhone: "Máy này: {name}",
  giveOnTitle: "Giao phần chưa gửi cho máy khác",
  giveOnLead:
    "Máy sắp hết pin hay không có mạng: xuất phần chưa gửi ra một tệp, chuyển sang máy của đồng nghiệp để gửi hộ. Tệp đã niêm phong cho trung tâm, không ai đọc được.",
  giveOn: "Xuất phần chưa gửi",
  nothingToGiveOn: "Trung tâm đã nhận đủ, không còn gì để xuất.",
  givenOnReady: "Tệp đã sẵn sàng: {acts} việc, {files} tệp ảnh, {size} MB.",
  shareFile: "Gửi tệp sang máy khác",
  saveFile: "Lưu tệp vào máy",
  givenOn:
    "Trên máy kia vào Việc trên máy, bấm Nhận phần của máy khác và chọn tệp này. Phần đã xuất vẫn nằm trên máy này cho đến khi trung tâm nhận.",
  notShared: "Chưa gửi được tệp. Bấm Lưu tệp vào máy rồi chuyển tệp bằng Bluetooth hoặc cáp.",
  takeIn: "Nhận phần của máy khác",
  takeInLead: "Chọn tệp mà máy của đồng nghiệp đã xuất.",
  takenIn: "Đã nhận {acts} việc, {files} tệp ảnh của máy {name}. Máy này sẽ tự gửi hộ.",
  takenBefore: "Máy này đã có đủ phần đó của máy {name}.",
  carriedFor: "Mang hộ: {n} của máy {name}",
  carriedThere: "Trung tâm đã nhận {n} phần mang hộ",
  notTakenForeign: "Đây không phải tệp xuất từ máy bưu tá. Chọn tệp có đuôi .tnx mà máy kia vừa xuất.",
  notTakenDamaged: "Tệp bị hỏng hoặc thiếu. Không nhận phần nào. Xuất lại trên máy kia rồi chuyển lại.",
  notTakenOwn: "Tệp này do chính máy này xuất. Chọn tệp của máy khác.",
  notTakenOther: "Tệp này niêm phong cho trung tâm khác. Bấm Đồng bộ ngay rồi thử lại; vẫn vậy thì báo bưu cục.",
  leavingFirst: "Muốn đăng xuất ngay thì xuất phần chưa gửi cho máy khác trước: Việc trên máy, Xuất phần chưa gửi.",
  leavingAfter:
    "Phần chưa gửi đã xuất ra tệp. Nếu máy kia chưa nhận tệp mà máy này hỏng hay mất thì {acts} việc và {files} tệp ảnh này mất theo. Chỉ đăng xuất khi máy kia đã hiện Mang hộ.",
  leavingType: "Gõ số {n} để xác nhận",
  leavingNumber: "Gõ đúng số {n} rồi bấm lại.",
  leaveNow: "Đăng xuất, máy kia gửi hộ",
};

export const en: typeof vi = {
  thisPhone: "This phone: {name}",
  giveOnTitle: "Give what is not sent to another phone",
  giveOnLead:
    "Low battery or no network: put what is not sent into one file and take it to a colleague's phone, which sends it. The file is sealed for the centre; nobody can read it.",
  giveOn: "Export what is not sent",
  nothingToGiveOn: "The centre has received everything; there is nothing to export.",
  givenOnReady: "The file is ready: {acts} acts, {files} picture files, {size} MB.",
  shareFile: "Send the file to another phone",
  saveFile: "Save the file on this phone",
  givenOn:
    "On the other phone open On this phone, press Take from another phone and choose this file. What was exported stays here too until the centre has it.",
  notShared: "The file was not sent. Save it on this phone, then pass it on by Bluetooth or cable.",
  takeIn: "Take from another phone",
  takeInLead: "Choose the file that your colleague's phone has exported.",
  takenIn: "Taken: {acts} acts, {files} picture files of phone {name}. This phone sends them by itself.",
  takenBefore: "This phone has all of that from phone {name} already.",
  carriedFor: "Carried: {n} of phone {name}",
  carriedThere: "The centre has received {n} of what is carried",
  notTakenForeign: "This is no export of a courier's phone. Choose the .tnx file that the other phone has just made.",
  notTakenDamaged: "The file is damaged or incomplete. Nothing was taken. Export again and pass it on again.",
  notTakenOwn: "This phone made the file itself. Choose one of another phone.",
  notTakenOther: "This file is sealed for another centre. Press Send now and try again; else tell the post.",
  leavingFirst:
    "To sign out now, first give what is not sent to another phone: On this phone, Export what is not sent.",
  leavingAfter:
    "What is not sent was exported. If the other phone has not taken the file and this one breaks or is lost, these {acts} acts and {files} picture files are lost with it. Sign out only when the other phone shows that it carries them.",
  leavingType: "Type {n} to confirm",
  leavingNumber: "Type the number {n} and press again.",
  leaveNow: "Sign out, the other phone sends it",
};

bring("carrying", { vi, en });
