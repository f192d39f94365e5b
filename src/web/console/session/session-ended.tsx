import { Modal } from '@mantine/core';
import classes from './session.module.css';
import { useSessionContext } from './session.js';
import { StaffSsoButton, useStaffSso } from './staff-sso-button.js';
import { SignInForm } from './sign-in-form.js';

/** Overlays the console, which stays as it is. After signing in, the moderator continues in the same place. */
export function SessionEnded() {
  const { state } = useSessionContext();
  const providerName = useStaffSso();
  const hasPassword = state.kind === 'signed-in' && state.session.moderator.hasPassword;
  const signsInWithSso = providerName !== null && !hasPassword;
  const email = state.kind === 'signed-in' ? state.session.moderator.email : null;
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      centered
      size="xs"
      title="Your session has ended"
    >
      <p className={classes.lead}>
        {signsInWithSso
          ? 'Sign in again. You will leave this screen.'
          : 'Sign in again to continue here. Nothing on this screen is lost.'}
      </p>
      {signsInWithSso ? <StaffSsoButton isOnly /> : <SignInForm email={email} />}
      {!hasPassword && !signsInWithSso && (
        <p className={classes.quiet}>Without a password, open a new sign-in link.</p>
      )}
    </Modal>
  );
}
