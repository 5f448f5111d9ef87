from django.db import migrations

FIRST = {
    "UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "MTTQ": "Mặt trận Tổ quốc", "T.P": "Thành phố",
    "TP": "Thành phố", "TX": "Thị xã", "Đ/c": "Đồng chí", "đ/c": "đồng chí", "BCH": "Ban Chấp hành",
    "BTV": "Ban Thường vụ", "ĐBQH": "đại biểu Quốc hội", "KT-XH": "kinh tế - xã hội", "QP-AN": "quốc phòng - an ninh",
    "ANTT": "an ninh trật tự", "ATGT": "an toàn giao thông", "PCCC": "phòng cháy, chữa cháy",
    "CCHC": "cải cách hành chính", "TTHC": "thủ tục hành chính", "CNTT": "công nghệ thông tin",
    "CĐS": "chuyển đổi số", "GPMB": "giải phóng mặt bằng", "NTM": "nông thôn mới", "HTX": "hợp tác xã",
    "KCN": "khu công nghiệp", "TDP": "tổ dân phố", "BHXH": "bảo hiểm xã hội", "BHYT": "bảo hiểm y tế",
    "GD&ĐT": "Giáo dục và Đào tạo", "THCS": "trung học cơ sở", "THPT": "trung học phổ thông",
    "TDTT": "thể dục thể thao", "VH-TT": "văn hóa - thông tin",
}  # fmt: skip


def add(apps, schema_editor):
    model = apps.get_model("news", "Abbreviation")
    model.objects.bulk_create([model(short=short, long=long) for short, long in FIRST.items()], ignore_conflicts=True)


def look_at_what_is_there(apps, schema_editor):
    """Texts that were written before the database began to note them."""
    schema_editor.execute("INSERT INTO news_scanrequest (article_id) SELECT id FROM news_article")
    schema_editor.execute("INSERT INTO news_scanrequest (page_id) SELECT id FROM news_page")


def take_away(apps, schema_editor):
    apps.get_model("news", "Abbreviation").objects.filter(short__in=FIRST).delete()


class Migration(migrations.Migration):
    dependencies = [("news", "0005_every_text_written_is_looked_at")]
    operations = [
        migrations.RunPython(add, take_away),
        migrations.RunPython(look_at_what_is_there, migrations.RunPython.noop),
    ]
