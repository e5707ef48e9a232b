//! The API, a file a family.

mod admin;
mod attributes;
mod auth;
mod clients;
mod domains;
mod groups;
mod identity_pools;
mod list_users;
mod mfa;
mod page;
mod passwords;
mod pools;
mod resource_servers;
mod settings;
mod sign_up;
mod tags;

use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_wire::DispatcherBuilder;

use crate::Cognito;

impl Cognito {
    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        self.register_pools(builder);
        identity_pools::register(self, builder);
        builder
            .register::<api::AdminCreateUser, _>(self.clone())
            .register::<api::AdminGetUser, _>(self.clone())
            .register::<api::AdminDeleteUser, _>(self.clone())
            .register::<api::AdminConfirmSignUp, _>(self.clone())
            .register::<api::AdminSetUserPassword, _>(self.clone())
            .register::<api::AdminResetUserPassword, _>(self.clone())
            .register::<api::AdminUpdateUserAttributes, _>(self.clone())
            .register::<api::AdminDeleteUserAttributes, _>(self.clone())
            .register::<api::AdminEnableUser, _>(self.clone())
            .register::<api::AdminDisableUser, _>(self.clone())
            .register::<api::AdminUserGlobalSignOut, _>(self.clone())
            .register::<api::AdminInitiateAuth, _>(self.clone())
            .register::<api::AdminRespondToAuthChallenge, _>(self.clone())
            .register::<api::InitiateAuth, _>(self.clone())
            .register::<api::RespondToAuthChallenge, _>(self.clone())
            .register::<api::GetTokensFromRefreshToken, _>(self.clone())
            .register::<api::RevokeToken, _>(self.clone())
            .register::<api::GlobalSignOut, _>(self.clone())
            .register::<api::SignUp, _>(self.clone())
            .register::<api::ConfirmSignUp, _>(self.clone())
            .register::<api::ResendConfirmationCode, _>(self.clone())
            .register::<api::ForgotPassword, _>(self.clone())
            .register::<api::ConfirmForgotPassword, _>(self.clone())
            .register::<api::ChangePassword, _>(self.clone())
            .register::<api::GetUser, _>(self.clone())
            .register::<api::DeleteUser, _>(self.clone())
            .register::<api::UpdateUserAttributes, _>(self.clone())
            .register::<api::DeleteUserAttributes, _>(self.clone())
            .register::<api::GetUserAttributeVerificationCode, _>(self.clone())
            .register::<api::VerifyUserAttribute, _>(self.clone())
            .register::<api::ListUsers, _>(self.clone());
    }

    fn register_pools(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateUserPool, _>(self.clone())
            .register::<api::DescribeUserPool, _>(self.clone())
            .register::<api::UpdateUserPool, _>(self.clone())
            .register::<api::DeleteUserPool, _>(self.clone())
            .register::<api::ListUserPools, _>(self.clone())
            .register::<api::AddCustomAttributes, _>(self.clone())
            .register::<api::SetUserPoolMfaConfig, _>(self.clone())
            .register::<api::GetUserPoolMfaConfig, _>(self.clone())
            .register::<api::CreateUserPoolClient, _>(self.clone())
            .register::<api::DescribeUserPoolClient, _>(self.clone())
            .register::<api::UpdateUserPoolClient, _>(self.clone())
            .register::<api::DeleteUserPoolClient, _>(self.clone())
            .register::<api::ListUserPoolClients, _>(self.clone())
            .register::<api::CreateUserPoolDomain, _>(self.clone())
            .register::<api::DescribeUserPoolDomain, _>(self.clone())
            .register::<api::UpdateUserPoolDomain, _>(self.clone())
            .register::<api::DeleteUserPoolDomain, _>(self.clone())
            .register::<api::CreateResourceServer, _>(self.clone())
            .register::<api::DescribeResourceServer, _>(self.clone())
            .register::<api::UpdateResourceServer, _>(self.clone())
            .register::<api::DeleteResourceServer, _>(self.clone())
            .register::<api::ListResourceServers, _>(self.clone())
            .register::<api::CreateGroup, _>(self.clone())
            .register::<api::GetGroup, _>(self.clone())
            .register::<api::UpdateGroup, _>(self.clone())
            .register::<api::DeleteGroup, _>(self.clone())
            .register::<api::ListGroups, _>(self.clone())
            .register::<api::AdminAddUserToGroup, _>(self.clone())
            .register::<api::AdminRemoveUserFromGroup, _>(self.clone())
            .register::<api::AdminListGroupsForUser, _>(self.clone())
            .register::<api::ListUsersInGroup, _>(self.clone())
            .register::<api::ListTagsForResource, _>(self.clone())
            .register::<api::TagResource, _>(self.clone())
            .register::<api::UntagResource, _>(self.clone());
    }
}
