"""The sentences about bad input, English and Chinese, in one place."""

from __future__ import annotations

from ..errors import InputEncrypted, InputMissing, InputTooLarge, InputUnreadable

_ZH = {"image": "图像", "PDF or image": "PDF 或图像"}


def missing(where: str) -> InputMissing:
    return InputMissing(
        (f"{where}: no such file or folder.", f"{where}：没有这个文件或文件夹。"),
        ("Check the path and its spelling.", "请检查路径和文件名。"),
    )


def nothing_inside(where: str) -> InputMissing:
    return InputMissing(
        (f"{where}: holds no newspaper page.", f"{where}：其中没有报纸版面。"),
        (
            "Put PDF, TIFF, JPEG, PNG, JPEG 2000, WebP or BMP files there.",
            "请放入 PDF、TIFF、JPEG、PNG、JPEG 2000、WebP 或 BMP 文件。",
        ),
    )


def empty(where: str) -> InputUnreadable:
    return InputUnreadable(
        (f"{where}: the file is empty (zero bytes).", f"{where}：文件是空的（零字节）。"),
        ("Copy or download it again.", "请重新复制或下载该文件。"),
    )


def wrong_kind(where: str, named: str) -> InputUnreadable:
    return InputUnreadable(
        (
            f"{where}: this is not a {named} file.",
            f"{where}：这不是 {_ZH.get(named, named)} 文件。",
        ),
        (
            "Give a PDF, TIFF, JPEG, PNG, JPEG 2000, WebP or BMP file.",
            "请提供 PDF、TIFF、JPEG、PNG、JPEG 2000、WebP 或 BMP 文件。",
        ),
    )


def damaged(where: str, what: str) -> InputUnreadable:
    return InputUnreadable(
        (
            f"{where}: the {what} is damaged or cut short and cannot be read.",
            f"{where}：{_ZH.get(what, what)} 已损坏或不完整，无法读取。",
        ),
        (
            "Copy or download it again, or save it anew from its program.",
            "请重新复制或下载，或用原程序另存一次。",
        ),
    )


def unreadable(where: str) -> InputUnreadable:
    return InputUnreadable(
        (f"{where}: the file cannot be opened for reading.", f"{where}：文件无法打开读取。"),
        ("Check the permissions of the file.", "请检查文件权限。"),
    )


def encrypted(where: str, what: str) -> InputEncrypted:
    return InputEncrypted(
        (f"{where}: the {what} needs a password.", f"{where}：{what} 需要密码才能打开。"),
        ("Save a copy without a password and give that.", "请另存一份没有密码的副本再使用。"),
    )


def too_many_pixels(where: str, width: int, height: int, limit: int) -> InputTooLarge:
    return InputTooLarge(
        (
            f"{where}: {width} × {height} pixels are more than the limit of {limit:,}.",
            f"{where}：{width} × {height} 像素，超过上限 {limit:,}。",
        ),
        (
            "Make a smaller picture (300 dpi is enough) or raise the pixel limit.",
            "请缩小图片（300 dpi 即可）或提高像素上限。",
        ),
    )


def too_many_bytes(where: str, limit: int) -> InputTooLarge:
    megabytes = limit // (1 << 20)
    return InputTooLarge(
        (
            f"{where}: unpacks to more than {megabytes} MiB.",
            f"{where}：解压后超过 {megabytes} MiB。",
        ),
        ("Unpack it yourself and give the folder.", "请自行解压后再提供文件夹。"),
    )


def too_many_pages(where: str, limit: int) -> InputTooLarge:
    return InputTooLarge(
        (
            f"{where}: more than {limit} pages are not one newspaper issue.",
            f"{where}：超过 {limit} 页，不像是一期报纸。",
        ),
        ("Give one issue at a time.", "请一次只提供一期报纸。"),
    )
