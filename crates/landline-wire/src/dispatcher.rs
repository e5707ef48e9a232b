//! Typed calls between services, in process.
//!
//! Gateway → Lambda, CloudFormation → everything, console → everything: all go
//! through [`Dispatcher::call`], keyed by the operation's type. Nothing is
//! serialised, and no service crate depends on another.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};

use crate::operation::{Handler, Operation};
use crate::protocol::endpoint::{self, Rewording, WireOperation};
use crate::shape::Encode;
use crate::{Caller, OperationMeta, ServiceError, ServiceMeta};

/// A boxed future, as type-erased handlers return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Decides whether an operation that came over the wire is answered.
pub trait Guard: Send + Sync + fmt::Debug + 'static {
    /// Lets the call through, or refuses it in the words of its service. Whoever may everything is
    /// not asked about.
    fn admit<'a>(
        &'a self,
        operation: &'static OperationMeta,
        input: &'a (dyn Encode + Sync),
        caller: &'a Caller,
    ) -> BoxFuture<'a, Result<(), ServiceError>>;
}

/// A handler whose type is forgotten but for the operation.
pub(crate) trait CallOperation<Op: Operation>: Send + Sync {
    fn call<'a>(
        &'a self,
        input: Op::Input,
        caller: &'a Caller,
    ) -> BoxFuture<'a, Result<Op::Output, ServiceError>>;
}

impl<Op: Operation, H: Handler<Op>> CallOperation<Op> for H {
    fn call<'a>(
        &'a self,
        input: Op::Input,
        caller: &'a Caller,
    ) -> BoxFuture<'a, Result<Op::Output, ServiceError>> {
        Box::pin(self.handle(input, caller))
    }
}

/// One registered operation: the typed handler for calls in process, and the
/// same handler behind its codec for calls from the wire.
struct Entry {
    typed: Box<dyn Any + Send + Sync>,
    wire: Arc<dyn WireOperation>,
}

#[derive(Default)]
struct Table {
    by_type: HashMap<TypeId, Entry>,
    by_name: HashMap<(&'static str, &'static str), TypeId>,
    services: Vec<&'static ServiceMeta>,
    guard: Option<Arc<dyn Guard>>,
    /// By the service's name.
    rewordings: HashMap<&'static str, Arc<dyn Rewording>>,
}

/// Collects handlers while the node is built; [`seal`](Self::seal) ends that.
///
/// Services are built with the [`Dispatcher`] of this builder, so that they can
/// call each other; a call before the seal answers as an internal error.
pub struct DispatcherBuilder {
    dispatcher: Dispatcher,
    table: Table,
}

impl DispatcherBuilder {
    /// A builder without any handler.
    #[expect(clippy::new_without_default, reason = "a builder is made on purpose")]
    pub fn new() -> Self {
        Self {
            dispatcher: Dispatcher {
                table: Arc::new(OnceLock::new()),
            },
            table: Table::default(),
        }
    }

    /// The dispatcher that will serve what is registered here.
    pub fn dispatcher(&self) -> Dispatcher {
        self.dispatcher.clone()
    }

    /// Declares a service, so that the protocols recognise even those of its
    /// operations that nobody handles. Registering an operation declares its service too.
    pub fn declare(&mut self, service: &'static ServiceMeta) {
        if !self
            .table
            .services
            .iter()
            .any(|known| known.name == service.name)
        {
            self.table.services.push(service);
        }
    }

    /// Lets `handler` answer `Op`. A later registration replaces an earlier one.
    pub fn register<Op: Operation, H: Handler<Op>>(&mut self, handler: Arc<H>) -> &mut Self {
        let meta = Op::META;
        self.declare(meta.service);
        let typed: Arc<dyn CallOperation<Op>> = handler;
        let wire = endpoint::erase(typed.clone());
        let key = TypeId::of::<Op>();
        self.table
            .by_name
            .insert((meta.service.name, meta.name), key);
        self.table.by_type.insert(
            key,
            Entry {
                typed: Box::new(typed),
                wire,
            },
        );
        self
    }

    /// Asks `guard` before any operation that comes over the wire.
    pub fn guard(&mut self, guard: Arc<dyn Guard>) {
        self.table.guard = Some(guard);
    }

    /// Puts `rewording`'s words into the refusals of a service that go out over the wire.
    pub fn reword(&mut self, service: &'static ServiceMeta, rewording: Arc<dyn Rewording>) {
        self.table.rewordings.insert(service.name, rewording);
    }

    /// Lets a closure answer `Op`: the seam of tests.
    pub fn register_fn<Op, F>(&mut self, answer: F) -> &mut Self
    where
        Op: Operation,
        F: Fn(Op::Input, &Caller) -> Result<Op::Output, ServiceError> + Send + Sync + 'static,
    {
        self.register::<Op, _>(Arc::new(AnswerWith(answer)))
    }

    /// Ends registration: from here on the dispatcher answers, without a lock.
    ///
    /// # Panics
    ///
    /// Never: the table is set once because sealing takes the builder.
    pub fn seal(self) -> Dispatcher {
        let Self { dispatcher, table } = self;
        assert!(
            dispatcher.table.set(table).is_ok(),
            "a dispatcher is sealed once"
        );
        dispatcher
    }
}

impl fmt::Debug for DispatcherBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DispatcherBuilder")
            .field("operations", &self.table.by_name.len())
            .finish_non_exhaustive()
    }
}

struct AnswerWith<F>(F);

impl<Op, F> Handler<Op> for AnswerWith<F>
where
    Op: Operation,
    F: Fn(Op::Input, &Caller) -> Result<Op::Output, ServiceError> + Send + Sync + 'static,
{
    async fn handle(&self, input: Op::Input, caller: &Caller) -> Result<Op::Output, ServiceError> {
        (self.0)(input, caller)
    }
}

/// Calls operations by type. Clones share one table.
#[derive(Clone)]
pub struct Dispatcher {
    table: Arc<OnceLock<Table>>,
}

impl Dispatcher {
    /// Calls `Op` in process.
    ///
    /// # Errors
    ///
    /// What the handler answers, or `UnknownOperationException` when nobody handles `Op`.
    pub async fn call<Op: Operation>(
        &self,
        input: Op::Input,
        caller: &Caller,
    ) -> Result<Op::Output, ServiceError> {
        let handler = self
            .table
            .get()
            .and_then(|table| table.by_type.get(&TypeId::of::<Op>()))
            .and_then(|entry| entry.typed.downcast_ref::<Arc<dyn CallOperation<Op>>>());
        match handler {
            Some(handler) => handler.call(input, caller).await,
            None => Err(unknown_operation(Op::META)),
        }
    }

    /// Calls `Op` in process for a role, which is judged as if the call came over the wire.
    ///
    /// # Errors
    ///
    /// The guard's refusal, or what the handler answers.
    pub async fn call_judged<Op: Operation>(
        &self,
        input: Op::Input,
        caller: &Caller,
    ) -> Result<Op::Output, ServiceError> {
        endpoint::admit(self, Op::META, &input, caller).await?;
        self.call::<Op>(input, caller).await
    }

    /// Calls an operation that is known by its names only, with members as JSON in the form of
    /// [`Naming::Capital`](crate::shape::Naming), judged as if the call came over the wire. The answer has the same form.
    ///
    /// # Errors
    ///
    /// The guard's refusal, what the handler answers, or `UnknownOperationException` when nobody handles the operation.
    pub async fn call_by_name(
        &self,
        service: &str,
        operation: &str,
        document: &[u8],
        caller: &Caller,
    ) -> Result<Vec<u8>, ServiceError> {
        if let Some(operation) = self.wire(service, operation) {
            return operation.call_by_name(document, caller, self).await;
        }
        let text = format!("Landline does not implement {service}:{operation} yet.");
        Err(ServiceError::new("UnknownOperationException", 400, text))
    }

    /// Whether anybody answers the operation.
    pub fn handles(&self, service: &str, operation: &str) -> bool {
        self.wire(service, operation).is_some()
    }

    /// The services that the protocols recognise.
    pub fn services(&self) -> &[&'static ServiceMeta] {
        self.table.get().map_or(&[], |table| &table.services)
    }

    /// Who is asked before an operation from the wire.
    pub(crate) fn guard(&self) -> Option<&dyn Guard> {
        self.table.get()?.guard.as_deref()
    }

    /// Who has other words for a service's refusals.
    pub(crate) fn rewording(&self, service: &ServiceMeta) -> Option<&dyn Rewording> {
        let rewordings = &self.table.get()?.rewordings;
        rewordings.get(service.name).map(Arc::as_ref)
    }

    /// The operation behind its codec, for a request from the wire.
    pub(crate) fn wire(&self, service: &str, operation: &str) -> Option<&Arc<dyn WireOperation>> {
        let table = self.table.get()?;
        let key = table.by_name.get(&(service, operation) as &(&str, &str))?;
        table.by_type.get(key).map(|entry| &entry.wire)
    }
}

impl fmt::Debug for Dispatcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations = self.table.get().map_or(0, |table| table.by_name.len());
        f.debug_struct("Dispatcher")
            .field("operations", &operations)
            .finish()
    }
}

/// What AWS's front end says of an operation that it does not know.
pub(crate) fn unknown_operation(meta: &OperationMeta) -> ServiceError {
    ServiceError::new(
        "UnknownOperationException",
        400,
        format!(
            "Landline does not implement {}:{} yet.",
            meta.service.name, meta.name
        ),
    )
}
