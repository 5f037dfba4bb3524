"""Tables as editors upload them."""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

HEADING = ["城市", "电话", "地址", "营业时间"]


def csv_file(*rows, encoding="utf-8-sig", heading=HEADING, delimiter=","):
    lines = [delimiter.join(row) for row in [heading, *rows]]
    content = "\r\n".join(lines).encode(encoding)
    return SimpleUploadedFile("城市.csv", content)


def xlsx_file(*rows, heading=HEADING):
    book = openpyxl.Workbook()
    for row in [heading, *rows]:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return SimpleUploadedFile("城市.xlsx", content.getvalue())
