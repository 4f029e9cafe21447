/// *Filer*.
#[derive(Debug)]
pub(in crate::desktop) struct FilesTexts {
    pub title: &'static str,
}
