/** Words of giving and taking at the post. */
export const vi = {
  atThePost: "Giao nhận ở bưu cục",
  nothingAtThePost: "Không có gì để nhận hay bàn giao.",
  toReceive: "Nhận từ bưu cục: {n}",
  toReceiveLead: "Xem niêm phong từng bưu gửi, đánh dấu bưu gửi đang cầm trên tay.",
  received: "Đã nhận {n} bưu gửi",
  toHandIn: "Bàn giao về bưu cục: {n}",
  toHandInLead: "Đưa bưu gửi cho người ở quầy. Chị/anh còn giữ cho đến khi bưu cục quét nhận.",
  handIn: "Bàn giao {n}",
  handedIn: "Chờ bưu cục quét nhận: {n}",
  sealedParcel: "bưu gửi, {n} giấy tờ",
  loosePapers: "{n} giấy tờ để rời",
  tickFirst: "Đánh dấu ít nhất một bưu gửi rồi bấm lại.",
};

export const en: typeof vi = {
  atThePost: "At the post",
  nothingAtThePost: "Nothing to take or to hand in.",
  toReceive: "To take from the post: {n}",
  toReceiveLead: "Look at the seal of each parcel, and tick those in your hands.",
  received: "{n} parcels taken",
  toHandIn: "To hand in at the post: {n}",
  toHandInLead: "Give the parcels to the clerk. They stay yours until the post scans them in.",
  handIn: "Hand in {n}",
  handedIn: "Waiting for the post to scan: {n}",
  sealedParcel: "parcel, {n} papers",
  loosePapers: "{n} loose papers",
  tickFirst: "Tick at least one parcel, then press again.",
};
