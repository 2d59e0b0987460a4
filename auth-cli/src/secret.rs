//! `auth secret`: makes the secret that seals cookies, writes it, rotates it.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::env_file::{EnvFile, EnvFileError};

/// The variables from the oldest secret to the newest, as Auth.js counts them: the highest number
/// encrypts, all decrypt.
const VARIABLES: [&str; 4] = [
    "AUTH_SECRET",
    "AUTH_SECRET_1",
    "AUTH_SECRET_2",
    "AUTH_SECRET_3",
];

/// Print a new secret for AUTH_SECRET
///
/// 32 bytes from the operating system's generator, in base64url. Without an option it is printed
/// and nothing is written.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write it to FILE as AUTH_SECRET and keep everything else there [default: .env]
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = ".env")]
    write: Option<PathBuf>,

    /// Add a newer secret to FILE beside those it has, so that nobody is signed out [default: .env]
    ///
    /// The newest encrypts and all decrypt. Where all four variables are in use, each secret moves
    /// down by one and the oldest is dropped.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        default_missing_value = ".env",
        conflicts_with_all = ["write", "force"]
    )]
    rotate: Option<PathBuf>,

    /// With --write, replace a secret that FILE has already: ends every session that it sealed
    #[arg(long, requires = "write")]
    force: bool,
}

/// Why no secret was written. None of them says a secret.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SecretError {
    /// The machine gives no randomness.
    #[error("the operating system provides no randomness: {0}")]
    Randomness(getrandom::Error),
    /// `--write` found one.
    #[error(
        "{path} has AUTH_SECRET already: `auth secret --rotate {path}` adds a newer one and keeps \
         everybody signed in, `--force` replaces it and ends every session"
    )]
    Present {
        /// As given.
        path: String,
    },
    /// `--rotate` found none.
    #[error("{path} has no AUTH_SECRET to rotate: `auth secret --write {path}` writes the first")]
    NothingToRotate {
        /// As given.
        path: String,
    },
    /// The file is at fault.
    #[error(transparent)]
    File(#[from] EnvFileError),
}

/// Does what was asked, and says what was done; the secret itself if it was to be printed.
pub(crate) fn run(arguments: &Arguments) -> Result<String, SecretError> {
    if let Some(path) = &arguments.rotate {
        return rotate(path);
    }
    match &arguments.write {
        Some(path) => write(path, arguments.force),
        None => generate(),
    }
}

/// 32 bytes, in characters that need no quotes.
fn generate() -> Result<String, SecretError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(SecretError::Randomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn write(path: &Path, force: bool) -> Result<String, SecretError> {
    let mut file = EnvFile::read_or_new(path)?;
    let name = VARIABLES[0];
    let present = file.value(name)?.is_some();
    if present && !force {
        return Err(SecretError::Present {
            path: path.display().to_string(),
        });
    }
    file.set(name, &generate()?, &[]);
    file.save()?;
    let shown = path.display();
    Ok(match present {
        true => format!("{shown}: AUTH_SECRET replaced; sessions that the old one sealed are over"),
        false => format!("{shown}: AUTH_SECRET written"),
    })
}

fn rotate(path: &Path) -> Result<String, SecretError> {
    let mut file = EnvFile::read(path)?;
    let mut secrets: Vec<String> = Vec::new();
    for name in VARIABLES {
        secrets.extend(file.value(name)?.map(str::to_owned));
    }
    if secrets.is_empty() {
        return Err(SecretError::NothingToRotate {
            path: path.display().to_string(),
        });
    }
    let dropped = secrets.len() == VARIABLES.len();
    if dropped {
        secrets.remove(0);
    }
    secrets.push(generate()?);
    for (at, name) in VARIABLES.into_iter().enumerate() {
        match secrets.get(at) {
            Some(secret) => file.set(name, secret, &VARIABLES[..at]),
            None => file.remove(name),
        }
    }
    file.save()?;
    let (shown, newest) = (path.display(), VARIABLES[secrets.len() - 1]);
    Ok(match dropped {
        true => format!(
            "{shown}: {newest} is new and encrypts, the others moved down by one; the oldest is \
             dropped, sessions that only it could open are over"
        ),
        false => format!("{shown}: {newest} is new and encrypts; the older ones still decrypt"),
    })
}
