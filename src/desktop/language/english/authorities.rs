use crate::desktop::language::authorities::AuthorityTexts;

pub(super) const TEXTS: AuthorityTexts = AuthorityTexts { title: "Authorities" };
