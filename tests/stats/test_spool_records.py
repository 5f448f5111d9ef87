"""Records in a spool file: frames and damage."""
from hypothesis import given
from hypothesis import strategies as st
from spools import NOON, view

from stats.record import LONGEST, Kind, Record, pack, unpack

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


def found(data, complete=True):
    return [record for record, _ in unpack(data, complete) if record]


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
