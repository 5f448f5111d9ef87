"""The spool on its own: frames, damage, full disks, rotation, dead writers."""
import errno
import os
import resource

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats import backlog, clock, spool
from stats.record import LONGEST, Kind, Record, pack, unpack

NOON = 1_790_000_000_000
RESERVED = spool.WINDOW // 48  # usual records that a window has room for
records = st.builds(
    Record,
    kind=st.sampled_from(list(Kind)),
    time=st.integers(NOON, NOON + 10**9),
    client=st.integers(0, 3),
    number=st.integers(-(2**63), 2**63 - 1),
    hash=st.integers(-(2**63), 2**63 - 1),
    hash_before=st.integers(-(2**63), 2**63 - 1),
    article=st.integers(0, 2**63 - 1),
    host=st.text("abcxyz0189.-", max_size=100),
)


def view(number=1, time=NOON):
    return Record(Kind.KNOWN, time, 1, number)


def no_space(*args):
    raise OSError(errno.ENOSPC, "No space left on device")


def found(data, complete=True):
    return [record for record, _ in unpack(data, complete) if record]


@pytest.fixture(params=["mapped", "written"])
def writer(request, spool_folder, monkeypatch):
    if request.param == "written":
        monkeypatch.setattr(spool, "IN_PLACE", set())
    monkeypatch.setattr(clock, "now", lambda: NOON / 1000 + 60)
    writer = spool.Writer(spool_folder)
    yield writer
    writer.close()


def read(folder, offsets=None):
    return backlog.read(folder, offsets or {})


@given(st.lists(records, max_size=20))
def test_what_is_packed_is_unpacked(packed):
    assert found(b"".join(pack(*record) for record in packed)) == packed


@given(st.lists(records, min_size=1, max_size=5), st.data())
def test_a_file_torn_at_any_byte_gives_every_record_before_the_tear(packed, data):
    whole = b"".join(pack(*record) for record in packed)
    cut = data.draw(st.integers(0, len(whole)))
    kept, length = [], 0
    for record in packed:
        length += len(pack(*record))
        if length <= cut:
            kept.append(record)
    assert found(whole[:cut]) == kept
    assert found(whole[:cut], complete=False) == kept


@given(st.lists(records, min_size=1, max_size=3), st.binary(max_size=300), st.lists(records, min_size=1, max_size=3))
def test_damage_in_the_middle_loses_nothing_after_it(before, damage, after):
    data = b"".join(pack(*record) for record in before) + damage + b"".join(pack(*record) for record in after)
    survivors = found(data)
    assert survivors[: len(before)] == before
    assert survivors[-len(after) :] == after


@given(st.binary(max_size=1000))
def test_noise_is_never_an_error_and_reading_always_comes_to_its_end(noise):
    positions = [position for _, position in unpack(noise, complete=True)]
    assert positions == sorted(positions)
    assert (positions or [0])[-1] == len(noise)


def test_a_record_being_written_is_waited_for():
    whole = pack(*view())
    assert list(unpack(whole[:-1], complete=False)) == []
    assert found(whole) == [view()]


def test_a_long_stretch_of_damage_in_a_living_file_does_not_stop_reading():
    positions = [position for _, position in unpack(bytes(5000), complete=False)]
    assert positions == [5000 - 2 * LONGEST]


def test_a_usual_record_has_48_bytes():
    assert len(pack(*view())) == 48


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


def test_what_a_full_disk_has_no_room_for_is_reported_later(writer, spool_folder, monkeypatch, caplog):
    writer.write(view(1))
    with monkeypatch.context() as full:
        full.setattr(os, "posix_fallocate", no_space)
        for number in range(3, 2 * RESERVED, 2):
            writer.write(view(number))
        assert writer.lost == 0
        writer.write(view())
        writer.write(view())
    assert writer.lost == 2
    writer.write(view(7))
    assert writer.lost == 0
    batch = read(spool_folder)
    numbers = [record.number for record in batch.records if record.kind == Kind.KNOWN]
    assert numbers == [*range(1, 2 * RESERVED, 2), 7]
    assert [record.article for record in batch.records if record.kind == Kind.LOST] == [2]
    assert len(backlog.names(spool_folder)) == 1
    assert caplog.text.count("visits are being lost") == 1


def test_a_new_file_on_a_full_disk_is_used_once_there_is_room(writer, spool_folder, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(os, "posix_fallocate", no_space)
        writer.write(view(1))
        writer.write(view(3))
    writer.write(view(5))
    batch = read(spool_folder)
    assert {(record.kind, record.article or record.number) for record in batch.records} == {
        (Kind.LOST, 2), (Kind.KNOWN, 5)
    }  # fmt: skip
    assert len(backlog.names(spool_folder)) == 1


def test_half_a_record_is_written_over_and_reported(spool_folder, monkeypatch):
    monkeypatch.setattr(spool, "IN_PLACE", set())
    writer, real = spool.Writer(spool_folder), os.pwrite
    writer.write(view(1))
    with monkeypatch.context() as full:
        full.setattr(os, "pwrite", lambda file, data, place: real(file, data[:20], place))
        writer.write(view(3))
    writer.write(view(5))
    writer.close()
    batch = read(spool_folder)
    assert [record.number for record in batch.records if record.kind == Kind.KNOWN] == [1, 5]
    assert [record.article for record in batch.records if record.kind == Kind.LOST] == [1]


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


def test_a_file_system_that_writes_in_place_is_known():
    in_memory = os.memfd_create("spool")
    assert spool._file_system(in_memory) in spool.IN_PLACE
    os.close(in_memory)
    with open("/proc/self/stat") as file:
        assert spool._file_system(file.fileno()) not in spool.IN_PLACE


def test_a_folder_that_cannot_be_made_costs_the_count_and_not_the_page(tmp_path, caplog):
    (tmp_path / "file").write_text("in the way")
    writer = spool.Writer(tmp_path / "file" / "spool")
    writer.write(view())
    assert writer.lost == 1
    assert not spool.writable(tmp_path / "file" / "spool")


def test_a_kernel_that_gives_no_more_room_costs_the_count_and_not_the_process(spool_folder):
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_FSIZE, (spool.WINDOW, spool.WINDOW))
        writer = spool.Writer(spool_folder)
        for number in range(RESERVED + 10):
            writer.write(view(number))
        os._exit(writer.lost)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 10
    assert len(read(spool_folder).records) == RESERVED


@pytest.mark.parametrize("kinds", [spool.IN_PLACE, set()])
def test_a_folder_is_tried_out_in_the_way_that_it_is_used(spool_folder, monkeypatch, kinds):
    monkeypatch.setattr(spool, "IN_PLACE", kinds)
    assert spool.writable(spool_folder)
    monkeypatch.setattr(os, "posix_fallocate", no_space)
    assert not spool.writable(spool_folder)


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
