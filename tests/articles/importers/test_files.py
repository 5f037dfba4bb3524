import os
import tempfile
from pathlib import Path

from django.test import SimpleTestCase
from django.utils import translation

from articles.importers.files import MAX_BYTES, decode, find_files, read_file
from tests.articles.sample_pages import NEWS_TEXT, reason_for


class ReadingFilesTests(SimpleTestCase):
    def setUp(self):
        self.enterContext(translation.override("en"))
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.folder = Path(folder)

    def write(self, name: str, content: bytes = b"text") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def test_every_usual_encoding_of_chinese_text_is_read(self):
        text = NEWS_TEXT.read_text("utf-8")
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"):
            with self.subTest(encoding):
                path = self.write("page.txt", text.encode(encoding))
                self.assertEqual(read_file(path), text)

    def test_html_that_says_it_is_big5_is_read_as_big5(self):
        page = '<meta charset="big5"><h1>茶廠的一天</h1>'
        self.assertEqual(decode(page.encode("big5")), page)

    def test_line_ends_of_every_system_are_read(self):
        self.assertEqual(decode(b"a\r\nb\rc\n").splitlines(), ["a", "b", "c"])

    def test_a_bad_file_has_a_reason(self):
        cases = {
            "There is no such file.": self.folder / "missing.txt",
            "This is not a file.": self.folder / "folder.txt",
            "Only .txt, .html and .htm files can be imported.": self.write("a.docx"),
            "The file is empty.": self.write("empty.txt", b" \r\n\xe3\x80\x80"),
            "This is a binary file, not text.": self.write("nul.txt", b"PK\0\0"),
            "The file is larger than 1 MB.": self.write(
                "big.txt", b"x" * (MAX_BYTES + 1)
            ),
            "The text is neither UTF-8 nor GB18030, or this is a binary file.": self.write(
                "photo.txt", b"\xff\xd9\x89\xff\xfe\x81"
            ),
        }
        (self.folder / "folder.txt").mkdir()
        for reason, path in cases.items():
            with self.subTest(reason):
                self.assertEqual(reason_for(read_file, path), reason)

    def test_a_file_that_may_not_be_read_has_a_reason(self):
        if os.geteuid() == 0:
            path = Path("/proc/self/mem").with_suffix(
                ".txt"
            )  # root may read everything
            self.assertIn("no such file", reason_for(read_file, path))
            return
        path = self.write("secret.txt")
        path.chmod(0)
        self.assertEqual(
            reason_for(read_file, path), "The file cannot be read: Permission denied."
        )

    def test_folders_are_searched_to_the_bottom_in_order(self):
        for name in (
            "b.txt",
            "a/z.html",
            "a/deep/er/x.HTM",
            "a/notes.md",
            "a/._z.html",
            ".git/y.txt",
        ):
            self.write(name)
        self.assertEqual(
            [str(path.relative_to(self.folder)) for path in find_files([self.folder])],
            ["a/deep/er/x.HTM", "a/z.html", "b.txt"],
        )

    def test_a_file_named_twice_is_imported_once(self):
        path = self.write("a.txt")
        self.assertEqual(find_files([path, self.folder, path]), [path])

    def test_a_path_that_leads_nowhere_is_kept_for_its_reason(self):
        self.assertEqual(find_files([Path("nowhere.txt")]), [Path("nowhere.txt")])
