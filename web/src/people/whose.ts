import { ask } from '../api/client';
import { MoveFacesDocument, NamePersonDocument, PeopleDocument } from '../api/generated/graphql';
import { words } from '../words';
import { decideAll } from './decide';

const ALIKE = 50;

const plain = (name: string) => name.trim().toLocaleLowerCase();

/** Says whose a face is that nobody was found for: the one's who has that name already, else somebody new's. */
export async function sayWhose(face: string, name: string, changed: () => void): Promise<boolean> {
  let to: string | undefined;
  const move = async () => {
    const { people } = await ask(PeopleDocument, { text: name, hidden: false, first: ALIKE, after: null });
    const namesake = people.edges.find(({ node }) => plain(node.name ?? '') === plain(name))?.node;
    const moved = (await ask(MoveFacesDocument, { faces: [face], to: namesake?.id ?? null })).moveFaces;
    to = namesake ? undefined : moved.person?.id;
    return moved;
  };
  const call = async () => (to ? (await ask(NamePersonDocument, { id: to, name })).namePerson : undefined);
  return decideAll([move, call], words.people.named(name), changed);
}
