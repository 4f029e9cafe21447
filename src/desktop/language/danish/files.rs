use super::sheets;
use crate::desktop::language::files::FilesTexts;

pub(super) const TEXTS: FilesTexts = FilesTexts {
    title: "Filer",
    cell_problem: sheets::cell_problem,
    table_notice: sheets::table_notice,
    tables_trouble: sheets::tables_trouble,
};
