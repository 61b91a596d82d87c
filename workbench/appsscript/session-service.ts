import { createHash } from 'node:crypto'
import { pauseRun, signatureError, type Google, type Services } from './run'

/** Session, Utilities.sleep and the small rest. */
export function sessionServices(google: Google): Services {
  return {
    'Session.getActiveUser': () => ({ $: 'User', effective: false }),
    'Session.getEffectiveUser': () => ({ $: 'User', effective: true }),
    // Empty where the mode gives "locale only" (platform.md sections 2 and 7).
    'User.getEmail': ({ run }) => (run.auth === 'FULL' ? run.user.email : ''),
    'Session.getTemporaryActiveUserKey': ({ run }) => createHash('sha256').update(run.user.id).digest('base64'),
    'Session.getActiveUserLocale': ({ run }) => run.user.locale.slice(0, 2),
    'Session.getScriptTimeZone': () => google.timeZone,
    'ScriptApp.getAuthorizationInfo': () => ({ $: 'AuthorizationInfo' }),
    'ScriptApp.requireScopes': () => null,
    'ScriptApp.requireAllScopes': () => null,
    'ScriptApp.getScriptId': () => 'workbench-script',
    async 'Utilities.sleep'(call) {
      const [ms] = call.args
      if (typeof ms !== 'number') throw signatureError(call)
      await pauseRun(google, call.run, ms).done
    },
  }
}
