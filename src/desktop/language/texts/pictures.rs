//! Pictures that are copied and saved.

#[derive(Debug)]
pub(in crate::desktop) struct PictureTexts {
    /// What the button at a picture is for.
    pub about: &'static str,
    pub copy: &'static str,
    pub save_png: &'static str,
    pub save_svg: &'static str,
    pub copied: &'static str,
    pub saved: fn(path: &str) -> String,
    pub not_saved: &'static str,
    pub save_among_documents: &'static str,
    /// The day whose rules a picture shows, where that is not today.
    pub as_of: fn(day: &str) -> String,
    /// The day on which a picture was made.
    pub drawn: fn(day: &str) -> String,
}
