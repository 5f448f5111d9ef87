
import django.core.validators
import django.db.models.deletion
import news.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('news', '0006_first_abbreviations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='tải lên lúc')),
                ('deleted_at', models.DateTimeField(editable=False, null=True, verbose_name='bỏ vào thùng rác lúc')),
                ('file', models.FileField(editable=False, max_length=200, upload_to='rieng/tep/', verbose_name='tệp')),
                ('title', news.fields.CharField(help_text='Tên mà bạn đọc thấy, không cần đuôi tệp.', max_length=200, verbose_name='tên tệp')),
                ('size', models.PositiveBigIntegerField(editable=False, verbose_name='dung lượng (byte)')),
                ('kind', models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word'), ('xlsx', 'Excel'), ('pptx', 'PowerPoint'), ('doc', 'Word 97-2003'), ('xls', 'Excel 97-2003'), ('ppt', 'PowerPoint 97-2003'), ('odt', 'Văn bản OpenDocument'), ('ods', 'Bảng tính OpenDocument'), ('odp', 'Trình chiếu OpenDocument'), ('zip', 'Tệp nén ZIP')], editable=False, max_length=8, verbose_name='loại')),
            ],
            options={
                'verbose_name': 'tệp đính kèm',
                'verbose_name_plural': 'tệp đính kèm',
                'ordering': ['-created_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Replaced',
            fields=[
                ('key', models.CharField(max_length=32, primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'ảnh đã thay',
                'verbose_name_plural': 'ảnh đã thay',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='UploadTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField()),
                ('files', models.PositiveIntegerField(default=0)),
                ('size', models.PositiveBigIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'lượng tải lên',
                'verbose_name_plural': 'lượng tải lên',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True)),
            ],
            options={
                'verbose_name': 'nơi dùng',
                'verbose_name_plural': 'nơi dùng',
                'default_permissions': (),
            },
        ),
        migrations.AddField(
            model_name='image',
            name='caption',
            field=news.fields.CharField(blank=True, help_text='Chữ dưới ảnh mà mọi người đọc.', max_length=300, verbose_name='chú thích'),
        ),
        migrations.AddField(
            model_name='image',
            name='colour',
            field=models.CharField(default='#cccccc', editable=False, max_length=7, verbose_name='màu trung bình'),
        ),
        migrations.AddField(
            model_name='image',
            name='decorative',
            field=models.BooleanField(default=False, help_text='Ảnh không nói thêm điều gì: trình đọc màn hình bỏ qua ảnh này.', verbose_name='ảnh trang trí'),
        ),
        migrations.AddField(
            model_name='image',
            name='deleted_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='bỏ vào thùng rác lúc'),
        ),
        migrations.AddField(
            model_name='image',
            name='focal_x',
            field=models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='tâm ảnh, ngang (%)'),
        ),
        migrations.AddField(
            model_name='image',
            name='focal_y',
            field=models.PositiveSmallIntegerField(default=50, help_text='Phần quanh tâm ảnh luôn còn lại khi ảnh bị cắt vừa khung.', validators=[django.core.validators.MaxValueValidator(100)], verbose_name='tâm ảnh, dọc (%)'),
        ),
        migrations.AddField(
            model_name='image',
            name='renditions',
            field=models.JSONField(default=dict, editable=False),
        ),
        migrations.AddField(
            model_name='image',
            name='source_sha256',
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name='image',
            name='alt',
            field=news.fields.CharField(blank=True, help_text='Nói cho người không nhìn thấy ảnh biết trong ảnh có gì.', max_length=300, verbose_name='mô tả ảnh'),
        ),
        migrations.AlterField(
            model_name='image',
            name='file',
            field=models.FileField(editable=False, max_length=200, upload_to='anh/', verbose_name='tệp ảnh'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(models.F('source_sha256'), condition=models.Q(('source_sha256', ''), _negated=True), name='image_by_source'),
        ),
        migrations.AddIndex(
            model_name='image',
            index=models.Index(models.OrderBy(models.F('created_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('deleted_at', None)), name='image_library'),
        ),
        migrations.AddConstraint(
            model_name='image',
            constraint=models.CheckConstraint(condition=models.Q(('decorative', False), ('alt', ''), _connector='OR'), name='what_decorates_says_nothing', violation_error_message='Ảnh trang trí không có mô tả: hãy bỏ dấu chọn hoặc xóa mô tả.'),
        ),
        migrations.AddConstraint(
            model_name='image',
            constraint=models.CheckConstraint(condition=models.Q(('focal_x__lte', 100), ('focal_y__lte', 100)), name='focal_point_in_the_picture'),
        ),
        migrations.AddField(
            model_name='attachment',
            name='owner',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người tải lên'),
        ),
        migrations.AddField(
            model_name='article',
            name='attachments',
            field=models.ManyToManyField(blank=True, related_name='articles', to='news.attachment', verbose_name='tệp đính kèm'),
        ),
        migrations.AddField(
            model_name='replaced',
            name='image',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replaces', to='news.image'),
        ),
        migrations.AddField(
            model_name='uploadtally',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='use',
            name='article',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='news.article'),
        ),
        migrations.AddField(
            model_name='use',
            name='attachment',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='news.attachment'),
        ),
        migrations.AddField(
            model_name='use',
            name='image',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='news.image'),
        ),
        migrations.AddField(
            model_name='use',
            name='page',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='news.page'),
        ),
        migrations.AddIndex(
            model_name='attachment',
            index=models.Index(models.OrderBy(models.F('created_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('deleted_at', None)), name='attachment_library'),
        ),
        migrations.AddConstraint(
            model_name='uploadtally',
            constraint=models.UniqueConstraint(fields=('user', 'hour'), name='one_tally_an_hour'),
        ),
        migrations.AddConstraint(
            model_name='use',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('article', None), ('page__isnull', False)), models.Q(('article__isnull', False), ('page', None)), _connector='OR'), name='used_by_one_text'),
        ),
        migrations.AddConstraint(
            model_name='use',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('attachment__isnull', False), ('image', None)), models.Q(('attachment', None), ('image__isnull', False)), _connector='OR'), name='one_thing_is_used'),
        ),
        migrations.AddConstraint(
            model_name='use',
            constraint=models.UniqueConstraint(fields=('article', 'page', 'image', 'attachment'), name='a_use_is_noted_once', nulls_distinct=False),
        ),
    ]
