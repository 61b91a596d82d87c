import { loadUniverStore } from './load-univer-store'
import { describeSheetStore } from './store-suite'

const createUniverStore = loadUniverStore()

describeSheetStore('the store on Univer', () => createUniverStore())
