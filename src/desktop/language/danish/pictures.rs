//! Pictures that are copied and saved, in Danish.

use crate::desktop::language::texts::pictures::PictureTexts;

pub(super) const TEXTS: PictureTexts = PictureTexts {
    about: "Kopiér eller gem billedet",
    copy: "Kopiér billede",
    save_png: "Gem som PNG …",
    save_svg: "Gem som SVG …",
    copied: "Billedet er kopieret. Sæt det ind, hvor det skal bruges.",
    saved: |path| format!("Billedet er gemt i {path}"),
    not_saved: "Billedet er ikke gemt: Der er ikke valgt en fil.",
    save_among_documents: "Gem i Dokumenter",
    as_of: |day| format!("pr. {day}"),
    drawn: |day| format!("tegnet {day}"),
};
