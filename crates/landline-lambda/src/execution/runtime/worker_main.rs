//! The small program between Landline and a worker: it limits itself and becomes the worker.
//!
//! Nothing of this may run in Landline after a fork, where only few calls are safe; so Landline
//! starts itself again (`landline __worker FOLDERS… PROGRAM ARGUMENTS…`), and that process ends by
//! becoming the interpreter.

use std::ffi::OsString;
use std::io;
use std::process::Command;

use super::worker_folders::{Folders, enter, try_out};

/// Sets the limits of a worker and replaces this process by the worker's program. Returns only
/// when that fails, with the reason.
pub fn worker_main(arguments: impl IntoIterator<Item = OsString>) -> io::Error {
    let mut arguments = arguments.into_iter();
    let (folders, program) = Folders::read(&mut arguments);
    let Some(program) = program else {
        return io::Error::new(
            io::ErrorKind::InvalidInput,
            "the program of the worker is missing",
        );
    };
    if program == TRY_FOLDERS {
        return tried(try_out());
    }
    let ready = folders.map_or(Ok(()), |folders| enter(&folders));
    if let Err(error) = ready.and_then(|()| limit_self()) {
        return error;
    }
    become_program(Command::new(program).args(arguments))
}

/// Ends well when all went well: nothing is to follow, and there may be no program at all.
#[expect(clippy::exit, reason = "this process has nothing else to do")]
fn tried(result: io::Result<()>) -> io::Error {
    match result {
        Ok(()) => std::process::exit(0),
        Err(error) => error,
    }
}

/// Instead of a program: only finds out whether workers can have folders of their own.
pub(super) const TRY_FOLDERS: &str = "--try-folders";

#[cfg(unix)]
fn become_program(command: &mut Command) -> io::Error {
    std::os::unix::process::CommandExt::exec(command)
}

#[cfg(target_os = "linux")]
fn limit_self() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, Signal, getppid, getrlimit, setrlimit};

    use crate::quotas::MAX_OPEN_FILES;

    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    // Landline may have died before the line above.
    if getppid().is_none_or(rustix::process::Pid::is_init) {
        return Err(io::Error::other("Landline has ended"));
    }
    rustix::thread::set_no_new_privs(true)?;
    let files = getrlimit(Resource::Nofile);
    let at_most =
        |limit: Option<u64>| Some(limit.map_or(MAX_OPEN_FILES, |l| l.min(MAX_OPEN_FILES)));
    let files = Rlimit {
        current: at_most(files.current),
        maximum: at_most(files.maximum),
    };
    setrlimit(Resource::Nofile, files)?;
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    setrlimit(Resource::Core, none)?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn limit_self() -> io::Result<()> {
    Ok(())
}
