"""The spool's files: windows, rotation, dead writers, several at once."""
import os

import pytest
from spools import NOON, RESERVED, read, view

from stats import backlog, clock, spool
from stats.record import Kind, Record, pack


def test_a_living_writers_file_is_not_finished_and_a_dead_ones_is(writer, spool_folder):
    writer.write(view())
    assert [part.finished for part in read(spool_folder).parts] == [False]
    writer.close()
    assert [part.finished for part in read(spool_folder).parts] == [True]


def test_a_torn_last_record_of_a_dead_writer_is_skipped_and_the_next_writers_are_read(writer, spool_folder):
    writer.write(view(1))
    writer.write(view(3))
    writer.close()
    path = spool_folder / backlog.names(spool_folder)[0]
    os.truncate(path, path.stat().st_size - 7)
    second = spool.Writer(spool_folder)
    second.write(view(5))
    batch = read(spool_folder)
    assert sorted(record.number for record in batch.records) == [1, 5]
    assert sorted(part.finished for part in batch.parts) == [False, True]
    second.close()


def test_a_file_is_followed_by_another_before_it_grows_too_large(writer, spool_folder, settings):
    settings.STATS_SPOOL_BYTES = 1000
    for number in range(100):
        writer.write(view(number))
    sizes = [(spool_folder / name).stat().st_size for name in backlog.names(spool_folder)]
    assert len(sizes) == 5
    assert max(sizes) <= 1000
    assert len(read(spool_folder).records) == 100


def test_room_is_given_back_with_the_file(writer, spool_folder):
    for number in range(RESERVED + 10):
        writer.write(view(number))
    (path,) = spool_folder.glob("*.spool")
    assert path.stat().st_size > 48 * (RESERVED + 10)
    writer.close()
    assert path.stat().st_size == 48 * (RESERVED + 10)


def test_records_of_all_lengths_go_on_from_one_window_to_the_next(writer, spool_folder):
    hosts = [("h" * (number * 37 % 101)) for number in range(3000)]
    for number, host in enumerate(hosts):
        writer.write(Record(Kind.NEW, NOON, 1, number, host=host))
    writer.close()
    offsets, found = {}, []
    while (batch := read(spool_folder, offsets)).records:
        found += [(record.number, record.host) for record in batch.records]
        offsets = {part.name: part.end for part in batch.parts}
    assert found == list(enumerate(hosts))
    assert [part.finished for part in batch.parts] == [True]


def test_room_that_a_killed_writer_left_is_neither_damage_nor_waiting(writer, spool_folder, caplog):
    writer.write(Record(Kind.BOT, NOON))  # ends with more zeros than any other
    writer.leave()  # as the kernel does it
    (path,) = spool_folder.glob("*.spool")
    assert path.stat().st_size == spool.WINDOW
    batch = read(spool_folder)
    assert [record.kind for record in batch.records] == [Kind.BOT]
    assert [(part.end, part.finished) for part in batch.parts] == [(48, True)]
    assert backlog.waiting(spool_folder, {path.name: 48})[0] == 0
    assert "damage" not in caplog.text


def test_a_record_that_a_killed_writer_wrote_half_is_skipped(writer, spool_folder, caplog):
    writer.write(view(1))
    writer.append(pack(*view(3))[:20], True)
    writer.leave()
    batch = read(spool_folder)
    assert [record.number for record in batch.records] == [1]
    assert [part.finished for part in batch.parts] == [True]
    assert "skipped damage in 1 places" in caplog.text


def test_a_power_cut_that_took_a_page_out_of_the_middle_takes_nothing_else(writer, spool_folder, monkeypatch):
    for number in range(2 * RESERVED):
        writer.write(view(number, NOON + number))
    writer.close()
    (path,) = spool_folder.glob("*.spool")
    with path.open("r+b") as file:
        file.seek(48 * 400)
        file.write(bytes(48 * 1000))
    monkeypatch.setattr(backlog, "BATCH", 0)
    monkeypatch.setattr(backlog, "SMALLEST", 4096)
    offsets, found, more = {}, [], True
    while more:
        batch = read(spool_folder, offsets)
        found += [record.number for record in batch.records]
        offsets = {part.name: part.end for part in batch.parts}
        more = batch.more
    assert found == [*range(400), *range(1400, 2 * RESERVED)]
    assert [part.finished for part in batch.parts] == [True]


@pytest.mark.parametrize("torn", [1, 5, 6, 7, 47, 60, 100, 147])
def test_a_record_that_is_being_written_is_waited_for_at_any_byte(writer, spool_folder, torn):
    whole = pack(*Record(Kind.NEW, NOON, 1, -1, -1, -1, 2**62, "h" * 100))
    writer.write(view(1))
    writer.append(whole[:torn], True)
    batch = read(spool_folder)
    assert [record.number for record in batch.records] == [1]
    assert [(part.end, part.finished) for part in batch.parts] == [(48, False)]


def test_files_are_merged_by_time(spool_folder, writer):
    other = spool.Writer(spool_folder)
    for number in range(10):
        (writer, other)[number % 2].write(view(number, NOON + number))
    assert [record.number for record in read(spool_folder).records] == list(range(10))
    other.close()


def test_a_file_with_more_than_fits_holds_the_others_back(spool_folder, writer, monkeypatch):
    monkeypatch.setattr(backlog, "BATCH", 0)
    monkeypatch.setattr(backlog, "SMALLEST", 48 * 10)
    other = spool.Writer(spool_folder)
    for number in range(100):
        writer.write(view(number, NOON + 10 * number))
    other.write(view(1000, NOON + 505))
    offsets, seen = {}, []
    more = True
    while more:
        batch = read(spool_folder, offsets)
        seen += [record.number for record in batch.records]
        offsets = {part.name: part.end for part in batch.parts}
        more = batch.more
    assert seen == [*range(51), 1000, *range(51, 100)]
    other.close()


def test_records_of_this_very_moment_wait_and_those_of_a_clock_set_back_do_not(spool_folder, writer):
    now = int(clock.now() * 1000)
    writer.write(view(1, now + 1))
    assert read(spool_folder).records == []
    other = spool.Writer(spool_folder)
    other.write(view(3, now + 3_600_000))
    assert [record.number for record in read(spool_folder).records] == [3]
    other.close()


def test_a_forked_child_writes_to_a_file_of_its_own(spool_folder, settings):
    spool.writer().write(view(1))
    child = os.fork()
    if not child:
        spool.writer().write(view(3))
        os._exit(0)
    os.waitpid(child, 0)
    spool.writer().write(view(5))
    parts = backlog.read(spool_folder, {}).parts
    assert sorted((part.end, part.finished) for part in parts) == [(48, True), (96, False)]
