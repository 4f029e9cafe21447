use crate::desktop::language::files::FilesTexts;

pub(super) const TEXTS: FilesTexts = FilesTexts { title: "Filer" };
