//! User pools through their typed operations, with functions that do what a test says.

mod logins;
mod pools;
mod sign_up;
mod triggers;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use landline_api::{cognito_idp as api, lambda};
use landline_store::{Store, open_memory};
use landline_wire::{
    Caller, Dispatcher, DispatcherBuilder, ManualClock, Operation, ServiceError, Timestamp,
};
use parking_lot::Mutex;
use serde_json::Value;

use crate::user::{USERS, key};
use crate::{Cognito, CognitoConfig};

/// A function: from its event to its answer, or to the message of its error.
type Function = Box<dyn Fn(&mut Value) -> Result<(), String> + Send>;

/// What functions were asked, and what they do.
#[derive(Default)]
struct Functions {
    events: Mutex<Vec<Value>>,
    by_name: Mutex<BTreeMap<String, Function>>,
}

impl Functions {
    fn invoke(&self, input: lambda::InvokeInput) -> Result<lambda::InvokeOutput, ServiceError> {
        let mut event: Value = serde_json::from_slice(&input.payload.unwrap()).unwrap();
        self.events.lock().push(event.clone());
        let functions = self.by_name.lock();
        let Some(function) = functions.get(&input.function_name) else {
            return Err(lambda::errors::ResourceNotFoundException.with("Function not found"));
        };
        let answered = function(&mut event);
        let (error, payload) = match answered {
            Ok(()) => (None, event),
            Err(why) => (
                Some("Unhandled".to_owned()),
                serde_json::json!({ "errorMessage": why }),
            ),
        };
        Ok(lambda::InvokeOutput {
            function_error: error,
            payload: Some(payload.to_string().into()),
            ..Default::default()
        })
    }

    fn put(
        &self,
        name: &str,
        function: impl Fn(&mut Value) -> Result<(), String> + Send + 'static,
    ) {
        self.by_name
            .lock()
            .insert(name.to_owned(), Box::new(function));
    }

    /// The sources of all events so far.
    fn sources(&self) -> Vec<String> {
        let events = self.events.lock();
        let sources = events
            .iter()
            .map(|event| event["triggerSource"].as_str().unwrap().to_owned());
        sources.collect()
    }
}

struct Fixture {
    clock: Arc<ManualClock>,
    dispatcher: Dispatcher,
    store: Arc<dyn Store>,
    cognito: Arc<Cognito>,
    functions: Arc<Functions>,
}

const NOW: i64 = 1_801_646_142_107;
const PASSWORD: &str = "Correct-Horse1";

impl Fixture {
    fn new() -> Self {
        Self::on(open_memory())
    }

    fn on(store: Arc<dyn Store>) -> Self {
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(NOW)));
        let functions = Arc::new(Functions::default());
        let mut builder = DispatcherBuilder::new();
        let called = functions.clone();
        builder.register_fn::<lambda::Invoke, _>(move |input, caller| {
            assert_eq!(&*caller.principal, "cognito-idp.amazonaws.com");
            assert!(caller.source_arn.as_deref().unwrap().contains(":userpool/"));
            called.invoke(input)
        });
        let cognito = Cognito::open(CognitoConfig {
            store: store.clone(),
            clock: clock.clone(),
            dispatcher: builder.dispatcher(),
        });
        let cognito = cognito.unwrap();
        cognito.register(&mut builder);
        Self {
            clock,
            dispatcher: builder.seal(),
            store,
            cognito,
            functions,
        }
    }

    fn pass(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    async fn call<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        let caller = Caller::root("000000000000", "eu-west-1");
        self.dispatcher.call::<Op>(input, &caller).await
    }

    /// A pool, and a client of it that may everything.
    async fn pool(&self, change: impl FnOnce(&mut api::CreateUserPoolInput)) -> Pool<'_> {
        let mut input = api::CreateUserPoolInput {
            pool_name: "people".to_owned(),
            ..Default::default()
        };
        change(&mut input);
        let made = self.call::<api::CreateUserPool>(input).await.unwrap();
        let id = made.user_pool.unwrap().id.unwrap();
        let client = self.client(&id, |_| {}).await;
        Pool {
            fixture: self,
            id,
            client: client.client_id.unwrap(),
        }
    }

    async fn client(
        &self,
        pool: &str,
        change: impl FnOnce(&mut api::CreateUserPoolClientInput),
    ) -> api::UserPoolClientType {
        use api::ExplicitAuthFlowsType as Flow;
        let mut input = api::CreateUserPoolClientInput {
            user_pool_id: pool.to_owned(),
            client_name: "app".to_owned(),
            explicit_auth_flows: Some(vec![
                Flow::AllowUserPasswordAuth,
                Flow::AllowAdminUserPasswordAuth,
                Flow::AllowRefreshTokenAuth,
                Flow::AllowUserSrpAuth,
                Flow::AllowCustomAuth,
            ]),
            ..Default::default()
        };
        change(&mut input);
        let made = self.call::<api::CreateUserPoolClient>(input).await.unwrap();
        made.user_pool_client.unwrap()
    }
}

/// A pool and a client.
struct Pool<'a> {
    fixture: &'a Fixture,
    id: String,
    client: String,
}

fn attribute(name: &str, value: &str) -> api::AttributeType {
    api::AttributeType {
        name: name.to_owned(),
        value: Some(value.to_owned()),
    }
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

impl Pool<'_> {
    /// Somebody who may log in with [`PASSWORD`].
    async fn user(&self, name: &str, attributes: &[(&str, &str)]) -> String {
        let attributes = attributes
            .iter()
            .map(|(name, value)| attribute(name, value));
        let input = api::AdminCreateUserInput {
            user_pool_id: self.id.clone(),
            username: name.to_owned(),
            user_attributes: Some(attributes.collect()),
            message_action: Some(api::MessageActionType::Suppress),
            ..Default::default()
        };
        let made = self
            .fixture
            .call::<api::AdminCreateUser>(input)
            .await
            .unwrap();
        let input = api::AdminSetUserPasswordInput {
            user_pool_id: self.id.clone(),
            username: name.to_owned(),
            password: PASSWORD.to_owned(),
            permanent: Some(true),
        };
        self.fixture
            .call::<api::AdminSetUserPassword>(input)
            .await
            .unwrap();
        made.user.unwrap().username.unwrap()
    }

    async fn sign_up(
        &self,
        name: &str,
        attributes: &[(&str, &str)],
    ) -> Result<api::SignUpOutput, ServiceError> {
        let attributes = attributes
            .iter()
            .map(|(name, value)| attribute(name, value));
        let input = api::SignUpInput {
            client_id: self.client.clone(),
            username: name.to_owned(),
            password: Some(PASSWORD.to_owned()),
            user_attributes: Some(attributes.collect()),
            ..Default::default()
        };
        self.fixture.call::<api::SignUp>(input).await
    }

    async fn begin(
        &self,
        flow: api::AuthFlowType,
        parameters: &[(&str, &str)],
    ) -> Result<api::InitiateAuthOutput, ServiceError> {
        let input = api::InitiateAuthInput {
            auth_flow: flow,
            client_id: self.client.clone(),
            auth_parameters: Some(texts(parameters)),
            ..Default::default()
        };
        self.fixture.call::<api::InitiateAuth>(input).await
    }

    async fn respond(
        &self,
        challenge: api::ChallengeNameType,
        session: Option<String>,
        answers: &[(&str, &str)],
    ) -> Result<api::RespondToAuthChallengeOutput, ServiceError> {
        let input = api::RespondToAuthChallengeInput {
            client_id: self.client.clone(),
            challenge_name: challenge,
            session,
            challenge_responses: Some(texts(answers)),
            ..Default::default()
        };
        self.fixture
            .call::<api::RespondToAuthChallenge>(input)
            .await
    }

    async fn log_in(
        &self,
        name: &str,
        password: &str,
    ) -> Result<api::AuthenticationResultType, ServiceError> {
        let parameters = [("USERNAME", name), ("PASSWORD", password)];
        let begun = self.begin(api::AuthFlowType::UserPasswordAuth, &parameters);
        Ok(begun
            .await?
            .authentication_result
            .expect("tokens, and no challenge"))
    }

    async fn refresh(&self, token: &str) -> Result<api::AuthenticationResultType, ServiceError> {
        let parameters = [("REFRESH_TOKEN", token)];
        let begun = self.begin(api::AuthFlowType::RefreshTokenAuth, &parameters);
        Ok(begun.await?.authentication_result.expect("tokens"))
    }

    async fn get(&self, name: &str) -> Result<api::AdminGetUserOutput, ServiceError> {
        let input = api::AdminGetUserInput {
            user_pool_id: self.id.clone(),
            username: name.to_owned(),
        };
        self.fixture.call::<api::AdminGetUser>(input).await
    }

    /// The code that somebody would have been sent.
    fn code(&self, name: &str, purpose: &str) -> String {
        let user = USERS
            .get(&*self.fixture.store, &key(&self.id, name))
            .unwrap();
        user.unwrap().codes[purpose].code().to_owned()
    }
}

/// The claims of a token, whoever has signed it.
fn claims(token: Option<&String>) -> Value {
    crate::keys::unverified(token.expect("a token")).expect("claims")
}

fn said<T: std::fmt::Debug>(answer: Result<T, ServiceError>) -> (String, String) {
    let error = answer.expect_err("a refusal");
    (error.code.into_owned(), error.message)
}

fn refused(code: &str, message: &str) -> (String, String) {
    (code.to_owned(), message.to_owned())
}
