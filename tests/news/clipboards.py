"""What programs put on the clipboard, shortened: the markup is theirs, the words are ours."""
# ruff: noqa: E501
WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal, li.MsoNormal {mso-style-unhide:no; font-family:"Times New Roman",serif;} --></style></head>
<body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->
<p class=MsoTitle align=center style='text-align:center'><b style='mso-bidi-font-weight:normal'><span style='font-size:14.0pt;mso-fareast-font-family:"Times New Roman"'>BÁO CÁO<o:p></o:p></span></b></p>
<h1 style='margin-left:18.0pt;mso-list:none'><span lang=EN-US style='mso-fareast-font-family:"Times New Roman"'>I. Kinh tế<o:p></o:p></span></h1>
<p class=MsoNormal style='text-align:justify;text-indent:36.0pt;line-height:150%'><span
style='font-size:14.0pt;font-family:"Times New Roman",serif;color:black'>Thu ngân sách <b>đạt</b><b> 97,8%</b>,
theo báo cáo<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span class=MsoFootnoteReference><span style='font-size:14.0pt'>[1]</span></span><![endif]></span></span></a>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;&nbsp;&nbsp; </span></span><![endif]><span lang=VI>Việc thứ nhất<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Chi tiết</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Việc thứ hai</p>
<p class=MsoNormal style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>3.<span>&nbsp; </span></span><![endif]>Điều ba</p>
<h2><span style='font-size:13.0pt'>1. Nông nghiệp<o:p></o:p></span></h2>
<p class=MsoCaption>Bảng 1. Vốn đầu tư</p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;border:none;mso-border-alt:solid windowtext .5pt'>
 <tr style='mso-yfti-irow:0'><td width=301 valign=top style='width:225.4pt;border:solid windowtext 1.0pt;background:#1F4E79'><p class=MsoNormal align=center style='text-align:center'><b><span style='color:white'>Năm<o:p></o:p></span></b></p></td>
 <td width=301 style='background:#1F4E79'><p class=MsoNormal><b><span style='color:white'>Vốn<o:p></o:p></span></b></p></td></tr>
 <tr><td><p class=MsoNormal>2026</p></td><td><p class=MsoNormal align=right style='text-align:right'>1.940<o:p></o:p></p></td></tr></table>
<p class=MsoNormal><span style='display:none;mso-hide:all'>chữ ẩn</span><!--[if !supportEmptyParas]-->&nbsp;<!--[endif]--></p>
<!--EndFragment--><div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]><span>[1]</span><![endif]></span></span></a><span> Nghị quyết số 12.<o:p></o:p></span></p></div></div>
</body></html>"""
WORD_CLEAN = """<h2>BÁO CÁO</h2>
<h2>I. Kinh tế</h2>
<p>Thu ngân sách <strong>đạt 97,8%</strong>, theo báo cáo<a href="#ghi-chu-1"><sup>1</sup></a>.</p>
<ul><li>Việc thứ nhất<ul><li>Chi tiết</li></ul></li><li>Việc thứ hai</li></ul>
<ol start="3"><li>Điều ba</li></ol>
<h3>1. Nông nghiệp</h3>
<table><caption>Bảng 1. Vốn đầu tư</caption><thead><tr><th class="can-giua" scope="col">Năm</th><th scope="col">Vốn</th></tr></thead>\
<tbody><tr><td>2026</td><td class="can-phai">1.940</td></tr></tbody></table>
<ol class="ghi-chu"><li>Nghị quyết số 12.</li></ol>"""

GOOGLE = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-6c1f0e0d-7fff-1234">
<h1 dir="ltr" style="line-height:1.38;margin-top:20pt;margin-bottom:6pt;"><span style="font-size:20pt;font-family:Arial,sans-serif;color:#000000;font-weight:400;">Kế hoạch</span></h1>
<p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;color:#000000;font-weight:400;white-space:pre-wrap;">Thành phố sẽ </span><span style="font-size:11pt;font-weight:700;white-space:pre-wrap;">khởi công</span><span style="font-weight:400;font-style:italic;text-decoration:underline;"> ba cầu</span><span style="font-size:0.6em;vertical-align:super;">2</span></p><br />
<ul style="margin-top:0;margin-bottom:0;"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr" role="presentation"><span style="font-size:11pt;">Cầu một</span></p></li>
<ul><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>Nhịp giữa</span></p></li></ul><li dir="ltr" aria-level="1"><p role="presentation"><span>Cầu hai</span></p></li></ul>
<div dir="ltr" align="left"><table style="border:none;border-collapse:collapse;"><colgroup><col width="300" /><col /></colgroup><tbody><tr style="height:0pt"><td style="border:solid #000 1pt;"><p dir="ltr"><span style="font-weight:700">Cầu</span></p></td><td><p><span style="font-weight:700;">Dài</span></p></td></tr><tr><td><p><span>Một</span></p></td><td><p dir="ltr" style="text-align:right;"><span>120 m</span></p></td></tr></tbody></table></div>
<p><a href="https://www.google.com/url?q=https://thainguyen.gov.vn/tin&amp;sa=D&amp;ust=1" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline;">Xem thêm</span></a></p></b><br class="Apple-interchange-newline">"""
GOOGLE_CLEAN = """<h2>Kế hoạch</h2>
<p>Thành phố sẽ <strong>khởi công</strong><em><u> ba cầu</u></em><sup>2</sup></p>
<ul><li>Cầu một<ul><li>Nhịp giữa</li></ul></li><li>Cầu hai</li></ul>
<table><thead><tr><th scope="col">Cầu</th><th scope="col">Dài</th></tr></thead>\
<tbody><tr><td>Một</td><td class="can-phai">120 m</td></tr></tbody></table>
<p><a href="https://thainguyen.gov.vn/tin">Xem thêm</a></p>"""

MAIL = """<div dir="ltr"><div style="font-family:Calibri,sans-serif;font-size:11pt"><div style="display:none;max-height:0;overflow:hidden">xem trước</div>
<table width="100%" cellpadding="0" style="background:#f4f4f4"><tr><td><table width="600" align="center"><tr><td style="padding:20px"><p class="MsoNormal" style="margin:0">Kính gửi các phòng,<u></u><u></u></p>
<p class="MsoNormal"><u></u>&nbsp;<u></u></p><div>Lịch họp như sau:</div><div><br></div><div>Sáng thứ Hai<br>Chiều thứ Ba</div>
<p><a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fthainguyen.gov.vn%2Flich&amp;data=05" target="_blank"><font color="#0563c1">Lịch tuần</font></a><img src="https://track.example/open.gif" width="1" height="1"></p></td></tr></table></td></tr></table></div></div>"""
MAIL_CLEAN = """<p>Kính gửi các phòng,</p>
<p>Lịch họp như sau:</p>
<p>Sáng thứ Hai<br>Chiều thứ Ba</p>
<p><a href="https://thainguyen.gov.vn/lich">Lịch tuần</a></p>"""

LIBRE = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head><meta name="generator" content="LibreOffice 7.4"/><style type="text/css">p { line-height: 115% }</style></head><body lang="vi-VN">
<p align="center" style="line-height: 100%; margin-bottom: 0cm"><font face="Times New Roman, serif"><font size="4"><b>Thông báo</b></font></font></p>
<p><font color="#000000">Cắt nước</font><sup><font size="2"><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></font></sup></p><ol><li><p>Phường A</p></li><li><p>Phường B</p></li></ol>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a> Trừ bệnh viện.</p></div></body></html>"""
LIBRE_CLEAN = """<p class="can-giua"><strong>Thông báo</strong></p>
<p>Cắt nước<a href="#ghi-chu-1"><sup>1</sup></a></p>
<ol><li>Phường A</li><li>Phường B</li></ol>
<ol class="ghi-chu"><li>Trừ bệnh viện.</li></ol>"""
ALL = {"Word": (WORD, WORD_CLEAN), "Google Docs": (GOOGLE, GOOGLE_CLEAN), "mail": (MAIL, MAIL_CLEAN), "LibreOffice": (LIBRE, LIBRE_CLEAN)}
