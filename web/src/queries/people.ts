// The session of this browser, users, tokens and the audit log.
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { type AuditFilter, api, type Role, type Session, type UserChange } from "../api";
import { rememberCsrf } from "../api/call";
import { idleMs } from "./client";

const sessionKey = ["session"];

export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }) => {
      const session = await api.session(signal);
      rememberCsrf(session.csrf);
      return session;
    },
    staleTime: 60_000,
    refetchInterval: (query) => (query.state.data ? false : idleMs),
  });
}

// Another person sees other things: nothing of the one before stays.
function useBecome() {
  const client = useQueryClient();
  return (session: Session) => {
    rememberCsrf(session.csrf);
    client.removeQueries({ predicate: ({ queryKey }) => !keptBetweenPeople.has(queryKey[0]) });
    client.setQueryData(sessionKey, session);
  };
}

const keptBetweenPeople = new Set<unknown>(["session", "bootstrap"]);

export function useSignIn() {
  return useMutation({
    mutationFn: ({ name, password }: { name: string; password: string }) =>
      api.signIn(name, password),
    onSuccess: useBecome(),
  });
}

export function useSetUp() {
  return useMutation({
    mutationFn: ({ token, name, password }: { token: string; name: string; password: string }) =>
      api.setUp(token, name, password),
    onSuccess: useBecome(),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.signOut,
    onSuccess: () => {
      rememberCsrf(null);
      client.setQueryData<Session>(sessionKey, (was) => was && { ...was, user: null, csrf: null });
    },
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: ({ before, after }: { before: string; after: string }) =>
      api.changePassword(before, after),
  });
}

export function useUsers() {
  return useQuery({ queryKey: ["users"], queryFn: ({ signal }) => api.users(signal) });
}

export function useUserActions() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["users"] });
  return {
    add: useMutation({
      mutationFn: ({ name, role, password }: { name: string; role: Role; password: string }) =>
        api.addUser(name, role, password),
      onSuccess,
    }),
    change: useMutation({
      mutationFn: ({ name, change }: { name: string; change: UserChange }) =>
        api.changeUser(name, change),
      onSuccess,
    }),
  };
}

export function useTokens() {
  return useQuery({ queryKey: ["tokens"], queryFn: ({ signal }) => api.tokens(signal) });
}

export function useTokenActions() {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: ["tokens"] });
  return {
    add: useMutation({
      mutationFn: ({ name, role, until }: { name: string; role: Role; until: string | null }) =>
        api.addToken(name, role, until),
      onSuccess,
    }),
    revoke: useMutation({ mutationFn: api.revokeToken, onSuccess }),
  };
}

export function useAudit(filter: AuditFilter) {
  return useInfiniteQuery({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam, signal }) => api.audit(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
  });
}
