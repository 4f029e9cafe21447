//! The test in the program's languages. `facts` decides what is to be said, as values; `danish` and `english` hold the texts
//! for those values and nothing else; [`Words`] joins the two.

mod danish;
mod english;
mod facts;
mod texts;
mod words;

pub use self::words::{DANISH, ENGLISH, Words, advice, words};
