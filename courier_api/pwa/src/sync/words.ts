/** Words of what waits on this phone. */
export const vi = {
  notSentYet: "Chưa gửi được, máy sẽ tự gửi lại. Không mất dữ liệu.",
  allReceived: "Trung tâm đã nhận đủ.",
  outboxTitle: "Việc trên máy",
  outboxLead: "Mỗi việc đã lưu trên máy được gửi tự động. Đóng máy hay mất mạng không làm mất việc nào.",
  stateSaved: "Đã lưu trên máy",
  stateReceived: "Trung tâm đã nhận",
  stateReview: "Chờ người xem xét",
  stateRefused: "Trung tâm không chấp nhận",
  nothingMade: "Chưa có việc nào làm trên máy này.",
};

export const en: typeof vi = {
  notSentYet: "Not sent yet; the phone tries again by itself. Nothing is lost.",
  allReceived: "The centre has received everything.",
  outboxTitle: "On this phone",
  outboxLead: "Whatever is saved here is sent by itself. Closing the app or losing the network loses nothing.",
  stateSaved: "Saved on this phone",
  stateReceived: "Received by the centre",
  stateReview: "Waiting for a person",
  stateRefused: "Not accepted by the centre",
  nothingMade: "Nothing was done on this phone yet.",
};
