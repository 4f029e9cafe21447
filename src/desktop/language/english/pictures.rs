//! Pictures that are copied and saved, in English.

use crate::desktop::language::texts::pictures::PictureTexts;

pub(super) const TEXTS: PictureTexts = PictureTexts {
    about: "Copy or save the picture",
    copy: "Copy picture",
    save_png: "Save as PNG …",
    save_svg: "Save as SVG …",
    copied: "The picture is copied. Paste it where it is needed.",
    saved: |path| format!("The picture is saved in {path}"),
    not_saved: "The picture is not saved: no file was chosen.",
    save_among_documents: "Save in Documents",
    as_of: |day| format!("as of {day}"),
    drawn: |day| format!("drawn {day}"),
};
