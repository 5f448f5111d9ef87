// What CKEditor's own Vietnamese leaves in English, or says wrongly; set before any of its plugins reads it.
const WORDS = {
  application: "Ô soạn thảo",
  notification: { closed: "Đã đóng thông báo." },
  toolbar: { toolbarGroups: { clipboard: "Hoàn tác" } },
  clipboard: {
    pasteNotification: "Bấm %1 để dán: trình duyệt không cho dán bằng nút hay trình đơn.",
    pasteMsg: "Dán nội dung vào ô dưới đây rồi bấm Đồng ý.",
    fileFormatNotSupportedNotification: "Không nhận tệp loại ${formats}.",
    fileWithoutFormatNotSupportedNotification: "Không nhận tệp loại này.",
  },
  pastetext: { pasteNotification: "Bấm %1 để dán: trình duyệt không cho dán bằng nút hay trình đơn." },
  filetools: {
    loadError: "Không đọc được tệp: hãy thử lại.",
    networkError: "Mất kết nối khi đang gửi tệp: hãy thử lại.",
    httpError: "Máy chủ chưa nhận tệp (lỗi %1): hãy thử lại.",
    httpError403: "Máy chủ từ chối: phiên làm việc đã hết hạn, hoặc bạn không có quyền gửi tệp.",
    httpError404: "Máy chủ chưa nhận tệp (lỗi 404): hãy báo người quản trị.",
    httpError413: "Tệp lớn quá: ảnh tối đa 20 MB, tệp đính kèm tối đa 50 MB.",
    responseError: "Máy chủ trả lời sai: hãy thử lại.",
  },
  format: { tag_h1: "Đề mục 1", tag_h2: "Đề mục 2", tag_h3: "Đề mục 3", tag_h4: "Đề mục 4" },
  image: { menu: "Mô tả, chú thích, vị trí ảnh", title: "Ảnh" },
  link: {
    anchor: { errorWhitespace: "Tên điểm neo không có dấu cách" },
    download: "Tải về khi bấm", displayText: "Chữ của liên kết",
    noTel: "Hãy ghi số điện thoại", phoneNumber: "Số điện thoại", toPhone: "Điện thoại",
  },
  table: { caption: "Tên bảng", cell: { columnHeader: "Ô tiêu đề của cột", rowHeader: "Ô tiêu đề của hàng" }, heightUnit: "đơn vị chiều cao" },
  widget: { label: "Ảnh đang tải lên" },
  uploadwidget: {
    abort: "Đã thôi gửi ảnh.", doneOne: "Đã gửi ảnh.", doneMany: "Đã gửi %1 ảnh.",
    uploadOne: "Đang gửi ảnh ({percentage}%) …", uploadMany: "Đang gửi ảnh, xong {current} trong {max} ({percentage}%) …",
  },
};

function merge(into, words) {
  for (const [name, word] of Object.entries(words)) {
    if (typeof word === "string") into[name] = word;
    else merge((into[name] ||= {}), word);
  }
}

export const speak = (editor) => {
  if (editor.langCode) merge(editor.lang, WORDS);
  else editor.on("langLoaded", () => merge(editor.lang, WORDS));
};
