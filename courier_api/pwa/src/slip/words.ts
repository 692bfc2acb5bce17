/** Words around the sheet that the citizen keeps. What stands on it is Vietnamese always. */
import { bring } from "../words/index.ts";

export const vi = {
  slip: "Phiếu cho công dân",
  noSlip: "Chưa có giấy tờ hay tiền nào qua tay trên máy này. Nhận giấy tờ hoặc thu tiền trước.",
  showSlip: "Cho xem",
  showLess: "Chữ thường",
  sendSlip: "Chia sẻ",
  printA4: "In khổ A4",
  printRoll: "In khổ 80 mm",
  slipShared: "Đã chuyển sang ứng dụng vừa chọn.",
  slipCopied: "Đã chép nội dung phiếu. Dán vào tin nhắn gửi công dân.",
  slipNotSent: "Chưa gửi đi đâu. Bấm Chia sẻ để chọn lại, hoặc In.",
  readTheCard: "Quét thẻ theo dõi",
  readCardLead: "Quét thẻ của công dân thì phiếu có mã QR trang theo dõi.",
  noTrackingCard: "Đây không phải mã trên Thẻ theo dõi. Quét mã QR ở mặt thẻ đưa công dân.",
  trackingCode: "Mã QR trang theo dõi",
};

export const en: typeof vi = {
  slip: "The citizen's slip",
  noSlip: "No paper and no money has changed hands on this phone. Take papers or collect money first.",
  showSlip: "Show",
  showLess: "Smaller letters",
  sendSlip: "Share",
  printA4: "Print on A4",
  printRoll: "Print on 80 mm",
  slipShared: "Passed on to the application you chose.",
  slipCopied: "The slip is copied. Paste it into a message to the citizen.",
  slipNotSent: "It was not sent. Press Share to choose again, or print.",
  readTheCard: "Scan the tracking card",
  readCardLead: "With the citizen's card scanned, the slip shows the code of their page.",
  noTrackingCard: "This is not the code of a tracking card. Scan the QR code on the citizen's card.",
  trackingCode: "QR code of the tracking page",
};

bring("slip", { vi, en });
