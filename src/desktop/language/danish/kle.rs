use crate::desktop::language::kle::KleTexts;

pub(super) const TEXTS: KleTexts = KleTexts { title: "KLE-plan" };
