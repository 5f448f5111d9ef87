"""The spool on disks that are full, and on file systems of all kinds."""
import os
import resource

import pytest
from spools import RESERVED, no_space, read, view

from stats import backlog, spool
from stats.record import Kind


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
