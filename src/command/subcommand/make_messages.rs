use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use crate::command::conclusion::{Conclusion, Failure};
use crate::command::data_directory::existing_store;
use crate::command::terminal::{counted, print_line};
use crate::memo::Version;
use crate::rules::{Authority, Cvr, RuleBook};
use crate::store::DataPlace;
use crate::training::{MessageMaker, Wish, sample_book};

/// The most messages that are made at a time.
const MAX_COUNT: u32 = 100_000;

#[derive(Debug, Args)]
pub(in crate::command) struct MakeMessages {
    /// How many, from 1 to 100000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MAX_COUNT)))]
    count: u32,
    /// A whole number; the same seed makes the same messages, on every machine
    #[arg(long, value_name = "S", value_parser = read_seed)]
    seed: u64,
    /// The version of MeMo [default: some of each]
    #[arg(long)]
    version: Option<MemoVersion>,
    /// How many bytes each has, from 16384 to 104333312, with an attachment that fills it up [default: as long as the letter is]
    #[arg(long, value_name = "BYTES")]
    #[arg(value_parser = clap::value_parser!(u64).range(MessageMaker::MIN_SIZE..=MessageMaker::MAX_SIZE))]
    size: Option<u64>,
    /// The authority to write to, of those published [default: each in turn; the sample municipality when nothing is published]
    #[arg(long, value_name = "CVR")]
    authority: Option<Cvr>,
    /// Where to write them, each as <messageUUID>.xml; the directory is made when absent, and no file in it is overwritten
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum MemoVersion {
    #[value(name = "1.1")]
    V1_1,
    #[value(name = "1.2")]
    V1_2,
}

impl MakeMessages {
    pub fn run(self, data: &DataPlace) -> Result<Conclusion, Failure> {
        let most = self.size.map_or(u64::MAX, MessageMaker::most_files_of);
        if u64::from(self.count) > most {
            return Err(format!(
                "{} messages of {} bytes are more than is made at a time; of that size, at most {most}",
                self.count,
                self.size.unwrap_or_default()
            )
            .into());
        }
        let book = rules(data)?;
        let makers: Vec<_> = self.recipients(&book)?.into_iter().map(|to| self.maker(&book, to)).collect();
        let out = self.out.display();
        fs::create_dir_all(&self.out).map_err(|error| {
            format!("cannot make the directory {out}: {error}; name one that can be made, or that is there")
        })?;
        let wish = Wish { version: self.version.map(Version::from), ..Wish::any(1) };
        let mut already = 0_u32;
        for number in 0..self.count {
            let maker = &makers[number as usize % makers.len()];
            let message = maker.message(number.into(), &wish);
            let path = self.out.join(message.file_name());
            let is_new = message.keep(&path).map_err(|error| self.cannot_write(&path, &error, number))?;
            already += u32::from(!is_new);
        }
        let made = counted(self.count as usize, "message", "messages");
        let there = if already == 0 { String::new() } else { format!(" ({already} of them there already)") };
        print_line(format_args!("{made} in {out}{there}"));
        Ok(Conclusion::Done)
    }

    fn recipients<'a>(&self, book: &'a RuleBook) -> Result<Vec<&'a Authority>, Failure> {
        let Some(cvr) = self.authority else { return Ok(book.authorities.iter().collect()) };
        let chosen = book.authority(cvr).ok_or_else(|| {
            let known: Vec<_> = book.authorities.iter().map(|authority| authority.cvr.to_string()).collect();
            format!("there is no authority with CVR number {cvr}; there are: {}", known.join(", "))
        })?;
        Ok(vec![chosen])
    }

    fn maker(&self, book: &RuleBook, to: &Authority) -> MessageMaker {
        let maker = MessageMaker::new(book, to, self.seed);
        match self.size {
            Some(bytes) => maker.sized(bytes),
            None => maker,
        }
    }

    fn cannot_write(&self, path: &Path, error: &io::Error, written: u32) -> Failure {
        let (count, path) = (self.count, path.display());
        match error.kind() {
            io::ErrorKind::AlreadyExists => format!(
                "{path} is there already with other content and was left alone; {written} of {count} messages are there: \
                 choose another directory"
            ),
            _ => format!(
                "cannot write {path}: {error}; {written} of {count} messages are there: the same call makes the others, too"
            ),
        }
        .into()
    }
}

impl From<MemoVersion> for Version {
    fn from(version: MemoVersion) -> Self {
        match version {
            MemoVersion::V1_1 => Self::V1_1,
            MemoVersion::V1_2 => Self::V1_2,
        }
    }
}

fn read_seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a seed is a whole number from 0 to {}", u64::MAX))
}

/// What is published, or else the sample.
fn rules(data: &DataPlace) -> Result<Arc<RuleBook>, Failure> {
    let published = existing_store(data)?.map(|store| store.newest_publication()).transpose()?.flatten();
    let book = published.map(|publication| publication.book).filter(|book| !book.authorities.is_empty());
    Ok(book.unwrap_or_else(|| Arc::new(sample_book(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))))))
}
