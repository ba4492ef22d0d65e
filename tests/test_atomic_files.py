"""Files that are replaced whole or stay as they were, and keep who may read them."""

import errno
import os
import stat
import struct
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

import airspace_events as ae
from airspace_events.feeds.atomic_files import atomic_files
from airspace_events.formats.arrow.tables import read_tables, write_tables
from airspace_events.testing import synthetic_records
from full_disk import full_disk
from generators import write
from small_feeds import SOURCE

OLD = b"what was there before\n"
RECORD = ae.Source.model_validate_json(SOURCE)
FEED = ae.Feed.of([RECORD])

Write = Callable[[Any, Any], object]


def write_unchecked(records: Any, target: Any) -> None:
    """Write a feed whose records fail only when they are written."""
    feed = ae.Feed.of([])
    object.__setattr__(feed, "records", records)
    ae.write_feed(feed, target)


def write_as(form: str, records: Any, target: Any) -> object:
    return ae.formats.write(records, target, form)


WRITERS: dict[str, Write] = {
    "write_feed": write_unchecked,
    **{form: partial(write_as, form) for form in ae.formats.FORMATS},
}
each_writer = pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)


@cache
def many() -> tuple[ae.Record, ...]:
    """More than is kept in memory before it is written."""
    return tuple(synthetic_records(400))


def breaking(error: BaseException) -> Iterator[Any]:
    yield from many()
    raise error


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(OLD)
    return path


def assert_untouched(target: Path) -> None:
    assert target.read_bytes() == OLD
    assert list(target.parent.iterdir()) == [target]


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# A file is never lost.


@each_writer
@pytest.mark.parametrize("error", [KeyError("x"), KeyboardInterrupt(), SystemExit(143)], ids=repr)
def test_whatever_is_raised_in_the_middle_leaves_the_old_file(
    write: Write, error: BaseException, target: Path
) -> None:
    with pytest.raises(type(error)):
        write(breaking(error), target)
    assert_untouched(target)


at_the_end_or_in_the_middle = pytest.mark.parametrize("room", [10, 4_000])


@each_writer
@at_the_end_or_in_the_middle
@pytest.mark.parametrize("name", ["feed.jsonl", "feed.jsonl.gz"])
def test_a_full_disk_leaves_the_old_file(write: Write, room: int, name: str, target: Path) -> None:
    target = target.rename(target.with_name(name))
    records = many()
    with pytest.raises(ae.UnwritableError) as caught, full_disk(room):
        write(records, target)
    assert caught.value.reason.startswith(os.strerror(errno.EFBIG))
    assert_untouched(target)


@pytest.mark.parametrize("call", ["os.fsync", "os.fchmod", "os.access", "pathlib.Path.replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EBUSY])
def test_whatever_fails_at_the_end_leaves_the_old_file(
    call: str, number: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    target.chmod(0o640)
    monkeypatch.setattr(call, fail)
    with pytest.raises(ae.UnwritableError, match=os.strerror(number)) as caught:
        ae.write_feed(FEED, target)
    assert caught.value.file == str(target)
    assert_untouched(target)


@pytest.mark.parametrize("form", ["parquet", "arrow"])
def test_a_folder_of_tables_is_replaced_whole_or_not_at_all(form: Any, tmp_path: Path) -> None:
    write_tables([RECORD], tmp_path, form=form)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(KeyError):
        write_tables(breaking(KeyError("x")), tmp_path, form=form)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


@at_the_end_or_in_the_middle
def test_a_folder_on_a_full_disk_stays_as_it_was(room: int, tmp_path: Path) -> None:
    (tmp_path / "sources.parquet").write_bytes(OLD)
    records = many()
    with pytest.raises(ae.UnwritableError), full_disk(room):
        write_tables(records, tmp_path)
    assert (tmp_path / "sources.parquet").read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_of_tables_can_be_converted_onto_itself(tmp_path: Path) -> None:
    write_tables(many(), tmp_path)
    ae.formats.convert(tmp_path, tmp_path, "parquet", "parquet")
    assert set(read_tables(tmp_path)) == set(many())


def test_schemas_are_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("schemas", tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*.json")}
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "")))
    with pytest.raises(ae.UnwritableError):
        write("schemas", tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*.json")} == before


def test_the_last_of_several_writers_wins_and_none_damages_another(target: Path) -> None:
    feeds = [ae.Feed.of(many()[:count]) for count in range(100, 108)]
    barrier = threading.Barrier(len(feeds))

    def write(feed: ae.Feed) -> None:
        barrier.wait(60)
        ae.write_feed(feed, target)

    threads = [threading.Thread(target=write, args=(feed,)) for feed in feeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert ae.read_feed(target) in feeds
    assert list(target.parent.iterdir()) == [target]


# What cannot be written.


UNWRITABLE = {
    "a folder": "{folder}",
    "the name of a folder": "{folder}/new/",
    "in no folder": "{folder}/none/feed.jsonl",
    "in a file": "{folder}/file/feed.jsonl",
    "a name that is too long": "{folder}/" + "x" * 300,
    "a null character": "{folder}/\0",
    "a link to itself": "{folder}/loop",
    "in a folder that takes no files": "/proc/feed.jsonl",
    "no name": "",
}


@pytest.mark.parametrize("template", UNWRITABLE.values(), ids=UNWRITABLE)
def test_what_cannot_be_written_is_told_before_any_record_is_taken(
    template: str, tmp_path: Path
) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").touch()
    before = set(tmp_path.iterdir())
    name = template.format(folder=tmp_path)
    records = iter([RECORD])
    with pytest.raises(ae.UnwritableError) as caught:
        write_unchecked(records, name)
    assert caught.value.file == name
    assert caught.value.reason
    assert list(records) == [RECORD]
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC])
def test_a_folder_that_takes_no_new_file_is_told(
    number: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("os.open", fail)
    with pytest.raises(
        ae.UnwritableError,
        match=rf"no file can be created in its folder \({os.strerror(number)}\)",
    ):
        ae.write_feed(FEED, target)
    assert_untouched(target)


def test_a_file_that_may_not_be_written_is_not_replaced(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(ae.UnwritableError, match="Permission denied"):
        ae.write_feed(FEED, target)
    assert_untouched(target)


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / ("x" * os.pathconf(tmp_path, "PC_NAME_MAX"))
    ae.write_feed(FEED, target)
    assert ae.read_feed(target) == FEED


@pytest.mark.parametrize("name", ["feed.jsonl.gz", "FEED.JSONL.GZ"])
def test_a_name_that_ends_with_gz_gives_a_gzipped_file(name: str, tmp_path: Path) -> None:
    ae.formats.write([RECORD], tmp_path / name)
    # The header has no flag for a name, and no time.
    assert (tmp_path / name).read_bytes().startswith(b"\x1f\x8b\x08" + bytes(5))


# Links, pipes and devices.


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_and_what_it_leads_to_is_replaced(tmp_path: Path, *, is_there: bool) -> None:
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "feed.jsonl", tmp_path / "link.jsonl"
    if is_there:
        target.write_bytes(OLD)
        target.chmod(0o600)
    link.symlink_to("folder/feed.jsonl")
    ae.write_feed(FEED, link)
    assert link.is_symlink()
    assert ae.read_feed(target) == FEED
    assert list((tmp_path / "folder").iterdir()) == [target]
    assert not is_there or mode_of(target) == 0o600


def test_the_other_names_of_a_file_keep_what_it_held(target: Path) -> None:
    other = target.with_name("other.jsonl")
    other.hardlink_to(target)
    ae.write_feed(FEED, target)
    assert ae.read_feed(target) == FEED
    assert other.read_bytes() == OLD


def test_a_feed_is_converted_onto_itself_by_another_name(tmp_path: Path) -> None:
    feed = ae.Feed.of(many())
    ae.write_feed(feed, tmp_path / "feed.jsonl.gz")
    (tmp_path / "link.jsonl.gz").symlink_to("feed.jsonl.gz")
    ae.formats.convert(tmp_path / "feed.jsonl.gz", tmp_path / "link.jsonl.gz")
    assert ae.read_feed(tmp_path / "feed.jsonl.gz") == feed


def test_a_pipe_is_written(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()), daemon=True)
    reader.start()
    ae.write_feed(FEED, pipe)
    reader.join(60)
    assert read[0].count(b"\n") == 2
    assert list(tmp_path.iterdir()) == [pipe]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_device_is_written() -> None:
    ae.write_feed(FEED, os.devnull)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)  # noqa: PTH116 (it is no file)
    with pytest.raises(ae.UnwritableError, match="cannot write /dev/full: No space left"):
        ae.write_feed(FEED, "/dev/full")


def test_what_is_open_already_is_written_and_not_replaced(target: Path) -> None:
    with target.open("ab") as stream:
        ae.write_feed(FEED, f"/dev/fd/{stream.fileno()}")
        with pytest.raises(KeyError):
            write_unchecked(breaking(KeyError("x")), f"/proc/self/fd/{stream.fileno()}")
    assert target.read_bytes().startswith(OLD + b'{"type":"feed"')
    assert list(target.parent.iterdir()) == [target]


def test_a_pipe_whose_reader_is_gone_is_a_broken_pipe() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(BrokenPipeError):
        ae.write_feed(FEED, f"/dev/fd/{writing}")
    os.close(writing)


# Who may read a file.


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


@each_writer
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o666, 0o200])
def test_a_file_keeps_its_mode(write: Write, mode: int, umask: int, target: Path) -> None:
    del umask
    target.chmod(mode)
    write([RECORD], target)
    assert mode_of(target) == mode
    assert target.read_bytes() != OLD


def test_a_new_file_has_the_mode_that_the_umask_leaves(umask: int, tmp_path: Path) -> None:
    ae.write_feed(FEED, tmp_path / "feed.jsonl")
    assert mode_of(tmp_path / "feed.jsonl") == 0o666 & ~umask


def test_nobody_can_read_a_file_while_it_is_written_who_could_not_read_it_before(
    target: Path, umask: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    del umask
    target.chmod(0o600)
    seen = []

    def note(*_: object) -> None:
        seen.extend(mode_of(file) for file in target.parent.iterdir() if file != target)

    # It is there with its name before anything is set, and when everything is written.
    monkeypatch.setattr("os.fchown", note)
    monkeypatch.setattr("os.fsync", note)
    ae.write_feed(FEED, target)
    assert seen == [0o600, 0o600]


# These tests start with a file of another owner, and only root may change the owner of a file.
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root may change an owner")


@as_root
def test_a_file_keeps_its_owner_and_group(target: Path) -> None:
    os.chown(target, 65_534, 65_533)
    target.chmod(0o640)
    ae.write_feed(FEED, target)
    status = target.stat()
    assert (status.st_uid, status.st_gid, mode_of(target)) == (65_534, 65_533, 0o640)


@as_root
@pytest.mark.parametrize(
    ("mode", "kept"), [(0o660, 0o600), (0o664, 0o644), (0o644, 0o644), (0o604, 0o600)]
)
def test_another_group_may_not_do_what_the_old_one_might(
    mode: int, kept: int, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    os.chown(target, 65_534, 65_533)
    target.chmod(mode)
    monkeypatch.setattr("os.fchown", refuse)
    ae.write_feed(FEED, target)
    assert mode_of(target) == kept


@as_root
def test_the_group_is_kept_where_the_owner_cannot_be(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = os.fchown

    def only_the_group(file: int, owner: int, group: int) -> None:
        if owner != -1:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        change(file, owner, group)

    os.chown(target, 65_534, 65_533)
    target.chmod(0o660)
    monkeypatch.setattr("os.fchown", only_the_group)
    ae.write_feed(FEED, target)
    assert target.stat().st_gid == 65_533
    assert mode_of(target) == 0o660


def access_list(*entries: tuple[int, int, int]) -> bytes:
    """A POSIX access list: of each entry its kind, what it may do, and whom it is for."""
    nobody = (1 << 32) - 1
    return struct.pack("<I", 2) + b"".join(
        struct.pack("<HHI", kind, may, nobody if who < 0 else who) for kind, may, who in entries
    )


# The owner, a user of this number, the group, the most that both may do, and others.
ONE_READER = access_list((1, 6, -1), (2, 4, 65_534), (4, 0, -1), (16, 4, -1), (32, 0, -1))


def set_access_list(path: Path, name: str) -> None:
    try:
        os.setxattr(path, f"system.posix_acl_{name}", ONE_READER)
    except OSError as error:
        # The tests check that an access list is kept, so they need a file that has one.
        pytest.skip(f"this file system has no access lists: {error.strerror}")


def test_a_file_keeps_its_access_list(target: Path) -> None:
    set_access_list(target, "access")
    assert mode_of(target) == 0o640  # its group may do nothing nevertheless
    ae.write_feed(FEED, target)
    assert os.getxattr(target, "system.posix_acl_access") == ONE_READER


def test_a_file_gets_no_access_list_from_its_folder(target: Path) -> None:
    target.chmod(0o640)
    set_access_list(target.parent, "default")
    ae.write_feed(FEED, target)
    assert mode_of(target) == 0o640
    assert "system.posix_acl_access" not in os.listxattr(target)


def test_several_files_are_replaced_together(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in "abc"]
    with atomic_files(*paths) as streams:
        for stream in streams:
            stream.write(b"x")
        assert not any(path.exists() for path in paths)
    assert [path.read_bytes() for path in paths] == [b"x"] * 3
