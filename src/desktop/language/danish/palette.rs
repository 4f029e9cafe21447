//! The command palette in Danish.

use crate::desktop::language::texts::palette::PaletteTexts;

pub(super) const TEXTS: PaletteTexts = PaletteTexts {
    button: "Søg eller udfør …  Ctrl+K",
    placeholder: "Skriv, hvad du vil gøre, eller et ord fra en regel",
    nothing: "Ingen kommando og ingen regel har alle de ord.",
    open: "Redigér reglen",
    move_up: "Flyt op",
    move_down: "Flyt ned",
    choose_all: "Vælg alle regler på listen",
    publish: "Udgiv kladden",
    go_to: |title| format!("Gå til {title}"),
    sort_by: |title| format!("Sortér efter {title}"),
    filter: |name| format!("Filtrér på {name}"),
    larger: "Gør alting større",
    smaller: "Gør alting mindre",
    usual_size: "Almindelig størrelse",
    other_theme: "Skift mellem lyst og mørkt",
};
