//! The lessons that come with the program.

use jiff::civil::Date;

use super::{Lesson, LessonError};
use crate::store::Store;
use crate::training::NotAsChosen;

/// Each with the name of its file, in the order in which they are taught.
const FILES: [(&str, &str); 12] = [
    ("01-foerste-regel.toml", include_str!("../../../resources/training/01-foerste-regel.toml")),
    ("02-prioritet.toml", include_str!("../../../resources/training/02-prioritet.toml")),
    ("03-punkt-eller-gruppe.toml", include_str!("../../../resources/training/03-punkt-eller-gruppe.toml")),
    ("04-segmenter.toml", include_str!("../../../resources/training/04-segmenter.toml")),
    ("05-kle.toml", include_str!("../../../resources/training/05-kle.toml")),
    ("06-form.toml", include_str!("../../../resources/training/06-form.toml")),
    ("07-uden-kontaktpunkt.toml", include_str!("../../../resources/training/07-uden-kontaktpunkt.toml")),
    ("08-gyldighed.toml", include_str!("../../../resources/training/08-gyldighed.toml")),
    ("09-opsamling.toml", include_str!("../../../resources/training/09-opsamling.toml")),
    ("10-nede.toml", include_str!("../../../resources/training/10-nede.toml")),
    ("11-fejlsoegning.toml", include_str!("../../../resources/training/11-fejlsoegning.toml")),
    ("12-systemskifte.toml", include_str!("../../../resources/training/12-systemskifte.toml")),
];

impl Lesson {
    /// The lesson with that id: one of the program's own, or of those that somebody has written and these data keep.
    ///
    /// # Errors
    ///
    /// There is none, or it cannot be read.
    pub fn find(store: &Store, id: &str, today: Date) -> Result<Self, NotAsChosen> {
        let faulty = |error| NotAsChosen::Lesson { id: id.to_owned(), error };
        let own = Self::built_in(today).map_err(|(_, error)| faulty(error))?;
        if let Some(lesson) = own.into_iter().find(|lesson| lesson.id == id) {
            return Ok(lesson);
        }
        let stored = store.stored_lessons()?.into_iter().find(|stored| stored.id == id);
        let stored = stored.ok_or_else(|| NotAsChosen::NoLesson(id.to_owned()))?;
        Self::read(&stored.file, today).map_err(faulty)
    }

    /// The lessons that come with the program, in the order in which they are taught.
    ///
    /// # Errors
    ///
    /// The name of the file that cannot be read, and why; a test reads them all.
    pub fn built_in(today: Date) -> Result<Vec<Self>, (&'static str, LessonError)> {
        FILES.into_iter().map(|(name, text)| Self::read(text, today).map_err(|error| (name, error))).collect()
    }
}
