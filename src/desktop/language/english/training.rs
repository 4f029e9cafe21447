//! Training, in English.

use crate::desktop::language::texts::training::TrainingTexts;

pub(super) const TEXTS: TrainingTexts = TrainingTexts {
    mark: "TRAINING",
    about: "Everything here is made up. Nothing leaves this machine.",
    reset: "Reset",
    reset_all: "Reset training",
    was_reset: "Training is as it was at the beginning",
    leave: "Leave training",
    open: "Open training",
    opened: "Training opens in a window of its own",
    preparing: "Training is being set up …",
    first_note: "Eksempelby Kommune is ready",
    window_title: "Postfordeler – training",
};
