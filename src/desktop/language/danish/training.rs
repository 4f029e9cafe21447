//! Training, in Danish.

use crate::desktop::language::texts::training::TrainingTexts;

pub(super) const TEXTS: TrainingTexts = TrainingTexts {
    mark: "ØVELSE",
    about: "Alt her er opdigtet. Intet forlader denne maskine.",
    reset: "Nulstil",
    reset_all: "Nulstil øvelsen",
    was_reset: "Øvelsen er, som den var fra begyndelsen",
    leave: "Forlad øvelsen",
    open: "Åbn øvelsen",
    opened: "Øvelsen åbner i sit eget vindue",
    preparing: "Øvelsen gøres klar …",
    first_note: "Eksempelby Kommune er klar",
    window_title: "Postfordeler – øvelse",
};
