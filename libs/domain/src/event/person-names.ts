/**
 * The family and given names of people in Việt Nam, as far as they tell that a text names somebody.
 *
 * By far the most people have one of these family names (Nguyễn alone a third of them). Names of the Khmer, H'Mông, Tày and Thái are among
 * them; those of the Ê Đê stand in `person-name.ts`, because their family name comes last.
 */
const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

/** Family names that mean little else, written without their marks too. */
export const plainFamilyNames = words(`
  nguyễn trần phạm hoàng huỳnh phan vũ võ đặng bùi ngô dương trương trịnh đinh đoàn phùng lương triệu quách giàng sùng thào
  hoà thạch lưu nông đàm tạ hứa`);

/** Family names that without their marks are also ordinary words, Vietnamese or English. */
export const ambiguousFamilyNames = words(`
  lê đỗ hồ hà tô la ma an vi cao thái kim mai chu châu lý lò lầu vàng vừ mùa mạc kiều tống bạch doãn viên nghiêm khổng
  danh sơn cù ninh văn vương ông lâm đào điểu hạng cứ`);

/** What stands between a family name and a given name and says that one follows. */
export const middleNames = words('văn thị');

export const givenNames = words(`
  an anh ái ân ánh ba bách bảo bá bằng băng bích bình bính bửu cảnh cao cát cẩm chánh châu chi chí chiến chinh chính chung chương công cúc
  cương cường danh dao dân diễm diên diện diệp diệu dinh doanh du dung duy duyên dũng dương đài đại đan đạo đạt đăng đào đắc đình định đoàn
  đồng đông độ đôn đức gia giang giao giáp hà hải hạ hạnh hào hảo hân hằng hậu hiên hiền hiển hiệp hiếu hiệu hoa hòa hoài hoan hoàn hoàng
  hồng hợp huân huấn huệ hùng huy huyên huyền huynh hưng hương hường hữu khắc khải khanh khánh khiêm khiết khoa khoan khôi khuê khương kiên
  kiệt kiều kim kỳ kỷ lam lan lâm lân lệ liên liễu linh loan long lộc lợi luân luận luật lưu lực lương ly mai mạnh mẫn mậu mến minh mơ mùi
  mỹ mỵ nam nga ngà ngân nghi nghĩa nghiêm ngọc nguyên nguyệt nhã nhàn nhân nhật nhi nhiên nhung như nhựt ninh nương oanh phát phi phong
  phú phúc phụng phước phương phượng quang quân quế quốc quý quyên quyền quyết quỳnh sang sáng sâm sinh sơn sương tài tâm tân tấn thạch
  thái thành thanh thảo thạnh thắm thắng thế thi thịnh thiên thiện thiệu thiết thìn thoa thoại thông thơ thu thuần thuận thục thúy thủy
  thùy thư thương thường thức tiên tiến tiệp tín toàn toản tố tôn trà trang trâm trân trầm trí trinh trình trọng trúc trung trường trực
  tuân tuấn tuệ tùng tú tuyên tuyền tuyết tường tứ uyên uyển vân viên việt vinh vĩnh vịnh vui vũ vương vượng vy vỹ xuân xuyến yên yến
  páo dính mỷ sáo chớ dơ`);

/** Given names that without their marks are words of English too: with an ambiguous family name alone they say nothing. */
export const ambiguousGivenNames = words('an anh long loan dung hung van my nam minh do chi thu to day thanh thi');

/** Words of offices that, read as a name, would begin with a family name. */
export const ordinaryPhrases =
  `báo cáo, đăng ký, vụ án, ma túy, dương tính, lý do, lưu ý, chú ý, lệ phí, hồ sơ, đồ án, phản ánh, phân công,
  phân tích, đoàn thanh niên, công an, công tác, công dân, đảng viên, cao nguyên, tổ công tác, do vấn đề, là vấn đề, vì vấn đề, hạ tầng,
  lý lịch, chủ trương, chủ nghĩa, trường hợp, dương lịch, lương y, cao trung, vô danh`.split(/,\s+/);

/** Provinces until 1 July 2025 whose names no unit has any more. */
export const formerProvinces = [
  ...[
    'Hà Giang',
    'Bắc Kạn',
    'Yên Bái',
    'Hòa Bình',
    'Bắc Giang',
    'Vĩnh Phúc',
    'Hải Dương',
    'Hà Nam',
    'Nam Định',
    'Thái Bình',
  ],
  ...[
    'Quảng Bình',
    'Quảng Nam',
    'Bình Định',
    'Phú Yên',
    'Ninh Thuận',
    'Bình Thuận',
    'Kon Tum',
    'Đắk Nông',
    'Bình Phước',
  ],
  ...[
    'Bình Dương',
    'Bà Rịa',
    'Vũng Tàu',
    'Long An',
    'Tiền Giang',
    'Bến Tre',
    'Trà Vinh',
    'Hậu Giang',
    'Sóc Trăng',
    'Bạc Liêu',
  ],
  ...['Kiên Giang', 'Lai Châu'],
];
