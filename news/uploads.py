"""How much one person may send: counted in the database, by the hour, so that every process knows the same."""
import datetime as dt

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadhandler import FileUploadHandler
from django.db import connection
from django.utils import timezone

from news.models import UploadTally

FILES_AN_HOUR = 200
BYTES_AN_HOUR = 1024 * 1024 * 1024
MOST_OF_A_REQUEST = 60 * 1024 * 1024  # bytes; the largest file that any page takes, and its form

_COUNT = """
    INSERT INTO {table} (user_id, hour, files, size) VALUES (%s, %s, 1, %s)
    ON CONFLICT (user_id, hour) DO UPDATE SET files = {table}.files + 1, size = {table}.size + excluded.size
    RETURNING files, size
"""


def count(user, size: int) -> None:
    """Counts one file of `size` bytes, taken or refused; raises ValidationError above the hour's limit."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(UploadTally._meta.db_table)
        cursor.execute(_COUNT.format(table=table), [user.pk, hour, size])
        files, total = cursor.fetchone()
    if files == 1:
        UploadTally.objects.filter(user=user, hour__lt=hour - dt.timedelta(days=1)).delete()
    if files > FILES_AN_HOUR:
        raise ValidationError(f"Mỗi người gửi tối đa {FILES_AN_HOUR} tệp mỗi giờ: hãy chờ ít phút rồi gửi tiếp.")
    if total > BYTES_AN_HOUR:
        raise ValidationError("Mỗi người gửi tối đa 1 GB mỗi giờ: hãy chờ ít phút rồi gửi tiếp.")


class SizeLimit(FileUploadHandler):
    """Turns a request away by its announced length, before a byte of it is kept; first of FILE_UPLOAD_HANDLERS."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > MOST_OF_A_REQUEST:
            raise RequestDataTooBig("the request announces more than any page takes")

    def receive_data_chunk(self, raw_data, start):
        return raw_data

    def file_complete(self, file_size):
        return None
